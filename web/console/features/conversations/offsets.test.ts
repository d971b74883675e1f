import { expect, it } from 'vitest';
import { Offsets } from './offsets';

const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => ({ key: `k${from + i}` }));

it('adds up what is measured and estimates the rest', () => {
  const offsets = new Offsets<{ key: string }>(() => 50);
  offsets.set(rows(0, 10));
  expect(offsets.total).toBe(500);
  expect(offsets.learn(new Map([['k2', 80], ['k5', 20]]))).toBe(true);
  expect(offsets.total).toBe(500);
  expect(offsets.top(3)).toBe(180);
  expect(offsets.learn(new Map([['k2', 80]]))).toBe(false);
  expect(offsets.learn(new Map([['gone', 10]]))).toBe(false);
});

it('finds the row at a height', () => {
  const offsets = new Offsets<{ key: string }>(() => 50);
  offsets.set(rows(0, 4));
  expect([-5, 0, 49, 50, 199, 900].map((y) => offsets.at(y))).toEqual([0, 0, 0, 1, 3, 3]);
});

it('keeps measured heights when rows come in front or go away', () => {
  const offsets = new Offsets<{ key: string }>(() => 50);
  offsets.set(rows(10, 20));
  offsets.learn(new Map([['k15', 100]]));
  offsets.set(rows(0, 20));
  expect(offsets.total).toBe(1050);
  expect(offsets.top(offsets.indexOf('k16')!)).toBe(850);
  offsets.set(rows(0, 5));
  expect(offsets.total).toBe(250);
  expect(offsets.indexOf('k15')).toBeUndefined();
});
