import { beforeAll, expect, it, vi } from 'vitest';

let pieces: typeof import('./search.svelte').pieces;

beforeAll(async () => {
  vi.stubGlobal('document', { addEventListener: () => undefined, hidden: false });
  vi.stubGlobal('addEventListener', () => undefined);
  pieces = (await import('./search.svelte')).pieces;
});

it('cuts a snippet at its hits and loses no text', () => {
  expect(pieces('my \u0002anchor\u0003 is <b>lost</b>')).toEqual([
    { text: 'my ', hit: false },
    { text: 'anchor', hit: true },
    { text: ' is <b>lost</b>', hit: false },
  ]);
  expect(pieces('cut \u0002off')).toEqual([{ text: 'cut off', hit: false }]);
  expect(pieces('')).toEqual([]);
});
