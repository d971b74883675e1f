import { beforeAll, expect, it, vi } from 'vitest';

let pieces: typeof import('./search.svelte').pieces;
let foundBy: typeof import('./search.svelte').foundBy;

beforeAll(async () => {
  vi.stubGlobal('document', { addEventListener: () => undefined, hidden: false });
  vi.stubGlobal('addEventListener', () => undefined);
  ({ pieces, foundBy } = await import('./search.svelte'));
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

it('says the name once, and nothing that a longer address says already', () => {
  const [name, mail, number] = ['\u0002Ana\u0003 Souza', '\u0002ana\u0003@friends.test', '\u0002ana\u0003'];
  expect(foundBy([name, mail, number].join(' · '), 'Ana Souza')).toEqual({ name, else: mail });
  expect(foundBy(name, 'Ana Souza')).toEqual({ name, else: '' });
  expect(foundBy(`${mail} · \u0002ana\u0003-17`, 'Rui')).toEqual({ else: `${mail} · \u0002ana\u0003-17` });
});
