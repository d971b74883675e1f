import { expect, it } from 'vitest';
import { slashAt } from './slash';

it('finds what is typed behind a slash at the start of a word', () => {
  expect(slashAt('/', 1)).toEqual({ query: '', from: 0 });
  expect(slashAt('Dear Ana, /tha', 14)).toEqual({ query: 'tha', from: 10 });
  expect(slashAt('line\n/größe', 11)).toEqual({ query: 'größe', from: 5 });
  expect(slashAt('/tha and more', 4)).toEqual({ query: 'tha', from: 0 });
});

it('leaves dates, addresses and fractions alone', () => {
  for (const text of ['24/12', 'https://', 'and/or', '/two words', '// no']) expect(slashAt(text, text.length)).toBeUndefined();
});
