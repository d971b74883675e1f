import { expect, it, vi } from 'vitest';
import { MemoryStore } from '../../../client/memory';
import type { Entry, VisitorApi } from '$client';
import { ana, cnv, entry, kim, said, settle } from '../../../client/test/cast';
import { Keeping } from './keeping';
import { OpenThread } from './thread.svelte';

const before = [said(2, ana, 'My old matter'), said(3, kim, 'It is settled', { prev: 2 })];

/** A thread whose server shows so much of it, and what was kept of it from last time. */
async function make(items: Entry[], more = false, keeps = true) {
  vi.useFakeTimers();
  const keeping = new Keeping(new MemoryStore(), 'inb_shop');
  keeping.keepHistory(cnv, before);
  let answer = () => {};
  const answered = new Promise<void>((resolve) => (answer = resolve));
  const timeline = vi.fn(() => answered.then(() => ({ items, more })));
  const thread = new OpenThread(cnv, Infinity, { api: { timeline } as unknown as VisitorApi, keeping: keeps ? keeping : undefined, viewer: { side: 'visitor', id: 'con_ana' } });
  const loading = thread.load();
  await settle();
  return { thread, keeping, load: () => (answer(), loading), said: () => thread.items.map((item) => item.content?.text).filter(Boolean) };
}

it('what the server does not show any more is not shown from here either, and not kept', async () => {
  const { keeping, load, said: shown } = await make([said(9, ana, 'My new matter', { prev: 3 })]);
  await load();
  expect(shown()).toEqual(['My new matter']);
  await vi.advanceTimersByTimeAsync(1_000);
  expect((await keeping.history(cnv))?.map((one) => one.seq)).toEqual([9]);
  vi.useRealTimers();
});

it('a thread of which nothing is to be seen any more is empty', async () => {
  const { load, said: shown } = await make([]);
  await load();
  expect(shown()).toEqual([]);
  vi.useRealTimers();
});

it('where there is more, what was kept of it stays', async () => {
  const { load, said: shown } = await make([entry(4, 'closed', kim, { prev: 3 }), said(9, ana, 'My new matter', { prev: 4 })], true);
  expect(shown()).toEqual(['My old matter', 'It is settled']);
  await load();
  expect(shown()).toEqual(['My old matter', 'It is settled', 'My new matter']);
  vi.useRealTimers();
});

it('where nothing stays, nothing is shown before the server is asked', async () => {
  const { thread, load } = await make([said(9, ana, 'My new matter')], false, false);
  expect(thread.items).toHaveLength(0);
  expect(thread.loaded).toBe(false);
  await load();
  expect(thread.items).toHaveLength(1);
  vi.useRealTimers();
});
