import { expect, it } from 'vitest';
import { next } from './stops';

const all = ['a', 'b', 'c'];

it('goes on from where one stands, and stays at the ends', () => {
  expect(next(all, 'a', undefined, 1)).toBe('b');
  expect(next(all, 'c', undefined, 1)).toBe('c');
  expect(next(all, 'a', undefined, -1)).toBe('a');
});

it('begins at what is open, else at the first, also upwards', () => {
  expect(next(all, 'elsewhere', 'b', 1)).toBe('c');
  expect(next(all, undefined, 'b', -1)).toBe('a');
  expect(next(all, undefined, undefined, 1)).toBe('a');
  expect(next(all, undefined, undefined, -1)).toBe('a');
  expect(next([], undefined, undefined, 1)).toBeUndefined();
});
