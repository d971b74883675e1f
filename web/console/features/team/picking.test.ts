import { expect, test } from 'vitest';
import { nothing, stretched, toggled } from './picking';

const rows = ['a', 'b', 'c', 'd', 'e'];

test('PA8 one by one, and one pressed twice is none', () => {
  const two = toggled(toggled(nothing, 'b'), 'd');
  expect(two.ids).toEqual(['b', 'd']);
  expect(toggled(two, 'b').ids).toEqual(['d']);
});

test('PA8 a stretch goes from where one began, in either direction, and keeps what was picked', () => {
  const from = toggled(nothing, 'c');
  expect(stretched(from, 'e', rows).ids).toEqual(['c', 'd', 'e']);
  expect(stretched(stretched(from, 'e', rows), 'a', rows).ids).toEqual(['c', 'd', 'e', 'a', 'b']);
  expect(stretched(nothing, 'b', rows).ids).toEqual(['b']);
  expect(stretched(from, 'x', rows).ids).toEqual(['c']);
});
