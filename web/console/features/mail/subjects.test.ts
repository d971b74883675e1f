import { expect, test } from 'vitest';
import type { Item } from '$client';
import { answering, bare, turns } from './subjects';

const mail = (subject?: string) => ({ content: { type: 'text', mail: subject === undefined ? {} : { subject } } }) as unknown as Item;

test.each([['Re: Sails', 'Sails'], ['AW: WG: Sails', 'Sails'], ['RE[2]: Fwd: Sails', 'Sails'], ['Antw: Sails', 'Sails'], ['Report: Sails', 'Report: Sails'], ['', '']])('%s is about %s', (subject, about) => expect(bare(subject)).toBe(about));

test('CH9 a subject stands where it begins and where it changes, and nowhere else', () => {
  const items = [mail('Sails'), mail('Re: sails'), { content: { type: 'text', text: 'hi' } } as Item, mail('AW: Sails'), mail('Ropes'), mail()];
  expect(items.map((item) => turns(items, item))).toEqual([true, false, false, false, true, false]);
});

test('an answer is about what the last mail was about', () => {
  expect(answering([mail('Sails'), mail('Ropes')])).toBe('Re: Ropes');
  expect(answering([mail('RE: Ropes')])).toBe('RE: Ropes');
  expect(answering([mail('AW: Ropes')])).toBe('Re: Ropes');
  expect(answering([mail()])).toBe('');
});
