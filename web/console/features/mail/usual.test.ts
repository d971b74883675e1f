import { expect, test } from 'vitest';
import type { Item } from '$client';
import { others, usual } from './usual';

const item = (kind: 'contact' | 'agent', mail: object) => ({ entry: { author: { kind } }, content: { type: 'text', mail } }) as unknown as Item;
const ben = { address: 'ben@example.org', name: 'Ben' };
const ana = { address: 'ana@example.org', name: 'Ana' };

test('UC9 an answer begins with the customer, with those whom their last mail named, and with its subject', () => {
  const items = [item('contact', { subject: 'Sails', cc: [{ address: 'old@example.org' }] }), item('contact', { subject: 'Sails', to: [ben], cc: [{ address: 'Ana@example.org' }] }), item('agent', {})];
  expect(usual(items, ana)).toEqual({ subject: 'Re: Sails', to: 'Ana <ana@example.org>', cc: 'Ben <ben@example.org>', bcc: '' });
});

test('who is not known in the thread is not copied', () => {
  expect(others([item('contact', { from: ben, unverified: true })], ana.address)).toEqual([]);
  expect(others([item('contact', { from: ben, unverified: true, to: [ana], cc: [ben] })], ana.address)).toEqual([]);
  expect(others([item('contact', { from: ben })], ana.address)).toEqual([ben]);
  expect(others([], ana.address)).toEqual([]);
});
