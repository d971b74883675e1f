import { beforeEach, expect, it, vi } from 'vitest';
import type { Frame, Page, Summary } from '$client';
import { row, settle } from '../../../client/test/cast';
import { lists } from './lists.svelte';

const around = vi.hoisted(() => ({
  heard: (_: unknown, __: boolean) => undefined as void,
  page: (): Promise<unknown> => Promise.resolve({ items: [] }),
  /** What has come and waits for its turn. */
  waiting: [] as unknown[],
}));

vi.mock('../../app/seat.svelte', () => ({
  seat: {
    me: { id: 'agt_kim' },
    hear: (heard: typeof around.heard) => (around.heard = heard),
    settle: () => around.waiting.splice(0).forEach((frame) => around.heard(frame, false)),
    api: { conversations: () => around.page() },
    stream: undefined,
  },
}));
vi.mock('./saved.svelte', () => ({ saved: { find: () => undefined, listen: () => undefined } }));

const ids = () => lists.rows.map((each) => each.id).join('');
const event = (summary: Summary): Frame => ({ type: 'event', cursor: '', summary }) as Frame;
const page = (...items: Summary[]): Page<Summary> => ({ items });

beforeEach(async () => {
  lists.clear();
  around.page = async () => page(row('c', 30), row('b', 20), row('a', 10));
  lists.show('all');
  await settle();
});

it('shows what comes at a time with the last of it, all of it and in order', () => {
  const before = lists.rows;
  expect(ids()).toBe('cba');
  for (let i = 0; i < 100; i++) around.heard(event(row('abc'[i % 3]!, 40 + i)), true);
  around.heard({ type: 'left', view: 'all', conversation: 'b' }, true);
  expect(lists.rows).toBe(before);
  // The last may be of something else.
  around.heard({ type: 'beat', cursor: '' }, false);
  expect(ids()).toBe('ac');
  expect(lists.find('a')!.lastSeq).toBe(139);
  expect(lists.find('c')!.lastSeq).toBe(138);
});

it('takes what waits for its turn before a page that was read after it', async () => {
  around.page = async () => {
    around.waiting = [{ type: 'left', view: 'all', conversation: 'b' }];
    return page(row('b', 40), row('c', 30), row('a', 10));
  };
  await lists.load();
  expect(ids()).toBe('bca');
});

it('leaves what waits to the view that it came for', async () => {
  lists.show('viw_a');
  await settle();
  around.waiting = [event(row('x', 40))];
  around.page = () => new Promise(() => undefined);
  lists.show('viw_b');
  expect(lists.find('x')).toBeDefined();
  expect(ids()).toBe('');
});

it('takes no row from a page that was read before it left, though it was not known', async () => {
  around.page = async () => {
    around.heard(event(row('x', 40, { status: 'closed' })), false);
    return page(row('x', 35), row('c', 30));
  };
  await lists.load();
  expect(ids()).toBe('c');
});

it('takes the newest answer, in whatever order they come, and goes on with the one before where that fails', async () => {
  const answers: { resolve: (page: Page<Summary>) => void; reject: (why: unknown) => void }[] = [];
  around.page = () => new Promise((resolve, reject) => answers.push({ resolve, reject }));
  const ask = () => void lists.load();
  for (let i = 0; i < 4; i++) ask();
  answers[1]!.resolve(page(row('d', 40)));
  await settle();
  answers[0]!.resolve(page(row('c', 30)));
  await settle();
  expect(ids()).toBe('d');
  answers[3]!.reject(new Error('away'));
  await settle();
  expect([ids(), lists.failed]).toEqual(['d', true]);
  answers[2]!.resolve(page(row('e', 50), row('d', 40)));
  await settle();
  expect(ids()).toBe('ed');
});

it('goes on from the row that one has, wherever it stands by now', () => {
  around.heard(event(row('a', 50)), false);
  expect(ids()).toBe('acb');
  expect(lists.beside('c', 1)!.id).toBe('b');
  expect(lists.beside('c', -1)!.id).toBe('a');
});
