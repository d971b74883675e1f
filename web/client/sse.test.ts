import { afterEach, expect, test, vi } from 'vitest';
import { listen } from './sse';
import type { Frame } from './types';

afterEach(() => vi.unstubAllGlobals());

const dial = (heard: (frame: Frame) => void) => ({ base: 'https://chat.example.org', token: 'ply', cursor: undefined, standing: [], heard, lost: () => undefined });

test('where the better way does not get through, the site is told once what to mend', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const heard: string[] = [];
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('data: {"type":"hello","cursor":"c"}\n\ndata: {"type":"beat","cursor":"c"}\n\n')));
  for (let i = 0; i < 2; i++) await listen(dial((frame) => heard.push(frame.type)), new AbortController().signal);
  expect(heard).toEqual(['hello', 'beat', 'hello', 'beat']);
  expect(warn).toHaveBeenCalledTimes(1);
  expect(warn.mock.calls[0]![0]).toContain('https://chat.example.org/v1/stream');
});

test('who was refused, or whose network is down, is told nothing of proxies', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  await listen(dial(() => undefined), new AbortController().signal);
  expect(warn).not.toHaveBeenCalled();
});
