import { expect, it } from 'vitest';
import { leaves, nextFrom } from './footing';

const ids = ['a', 'b', 'c', 'd', 'e'];

it('stays on a row that is drawn, wherever it went', () => {
  expect(leaves(ids, 0, 3, { id: 'b', at: 0 })).toBeUndefined();
});

it('waits in the list while its row is out of sight, and goes on from there', () => {
  expect(leaves(ids, 3, 5, { id: 'a', at: 0 })).toBe('list');
  expect(nextFrom(ids, { id: 'a', at: 0 }, 1)).toEqual({ id: 'b', at: 1 });
  expect(nextFrom(ids, { id: 'a', at: 0 }, -1)).toEqual({ id: 'a', at: 0 });
});

it('goes to what took the place of a row that left, to the last at the end, and nowhere in an empty list', () => {
  expect(leaves(['a', 'c', 'd'], 0, 3, { id: 'b', at: 1 })).toEqual({ id: 'c', at: 1 });
  expect(leaves(['a'], 0, 1, { id: 'e', at: 4 })).toEqual({ id: 'a', at: 0 });
  expect(leaves([], 0, 0, { id: 'a', at: 0 })).toBe('list');
  expect(nextFrom(['a', 'c'], { id: 'b', at: 1 }, 1)).toEqual({ id: 'c', at: 1 });
  expect(nextFrom([], { id: 'b', at: 1 }, 1)).toBeUndefined();
});
