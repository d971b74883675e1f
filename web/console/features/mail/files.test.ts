import { expect, test, vi } from 'vitest';
import type { StoredFile } from '$client';

vi.mock('../../app/seat.svelte', () => ({ seat: {} }));
vi.mock('../../app/refusals', () => ({ say: (error: Error) => error.message }));
const { Enclosing, mostFiles } = await import('./files.svelte');

const file = (name: string) => new File(['words'], name, { type: 'text/plain' });
const stored = (name: string): StoredFile => ({ id: `fil_${name}`, name, size: 5, mime: 'text/plain' });

test('UC9 a file is uploaded when it is chosen, and goes with the mail once it is there', async () => {
  let done: (it: StoredFile) => void = () => undefined;
  const files = new Enclosing([stored('old')], (_, __, progress) => (progress(0.5), new Promise((resolve) => (done = resolve))));
  const adding = files.add([file('sail.txt')]);
  expect(files.list.map(({ name, share }) => [name, share])).toEqual([['old', 1], ['sail.txt', 0.5]]);
  expect(files.ready).toBe(false);
  done(stored('sail.txt'));
  await adding;
  expect(files.ready).toBe(true);
  expect(files.kept.map(({ id }) => id)).toEqual(['fil_old', 'fil_sail.txt']);
});

test('one that is refused says why, keeps the mail back, and can be taken out', async () => {
  const files = new Enclosing([], () => Promise.reject(new Error('The file is too large.')));
  await files.add([file('film.mp4')]);
  expect(files.ready).toBe(false);
  expect(files.list[0]!.problem).toBe('The file is too large.');
  files.drop(files.list[0]!);
  expect(files.ready).toBe(true);
});

test('what is taken out on its way comes no more, and for what is too much there is no room', async () => {
  let stopped = false;
  const files = new Enclosing(Array.from({ length: mostFiles - 1 }, (_, n) => stored(`${n}`)), (_, __, ___, signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => ((stopped = true), reject(new Error('Aborted'))))));
  const adding = files.add([file('one'), file('two')]);
  expect(files.left).toEqual(['two']);
  files.drop(files.list.at(-1)!);
  await adding;
  expect(stopped).toBe(true);
  expect(files.list.length).toBe(mostFiles - 1);
  expect(files.left).toEqual([]);
});
