import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { typist } from './typist';

let told: (string | undefined)[];
beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  told = [];
});
afterEach(() => vi.useRealTimers());
const make = () => typist((on, text) => told.push(on ? text : 'over'));

it('tells at once, then at most once a second, and never loses the last stroke', () => {
  const writing = make();
  for (const text of ['h', 'he', 'hel']) writing.wrote(text);
  expect(told).toEqual(['h']);
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual(['h', 'hel']);
  vi.advanceTimersByTime(5_000);
  writing.wrote('hell');
  expect(told).toEqual(['h', 'hel', 'hell']);
});

it('tells once that it is over, whether sent, emptied or left', () => {
  const writing = make();
  writing.stopped();
  expect(told).toEqual([]);
  writing.wrote('h');
  writing.wrote('hi');
  writing.wrote('');
  writing.stopped();
  vi.advanceTimersByTime(5_000);
  expect(told).toEqual(['h', 'over']);
});

it('tells the end of a long text', () => {
  make().wrote('x'.repeat(600) + 'end');
  expect(told[0]).toHaveLength(500);
  expect(told[0]!.endsWith('end')).toBe(true);
});
