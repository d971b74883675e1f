import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { announced } from './announced.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('says each message, and how many came where they come faster than they can be said', () => {
  const many = (count: number) => `${count} new`;
  const said: string[] = [];
  const say = (text: string) => (announced.say(text, many), said.push(announced.text));
  say('one');
  vi.advanceTimersByTime(2_500);
  say('two');
  expect(said).toEqual(['one', 'two']);
  say('three');
  expect(announced.text).toBe('two');
  vi.advanceTimersByTime(2_000);
  expect(announced.text).toBe('three');
  for (let i = 0; i < 20; i++) say(`${i}`);
  expect(announced.text).toBe('three');
  vi.advanceTimersByTime(2_000);
  expect(announced.text).toBe('20 new');
});

it('tells nothing of the conversation before in another', () => {
  announced.clear();
  announced.say('one', String);
  announced.say('two', String);
  announced.clear();
  expect(announced.text).toBe('');
  vi.advanceTimersByTime(5_000);
  expect(announced.text).toBe('');
  announced.say('three', String);
  expect(announced.text).toBe('three');
});
