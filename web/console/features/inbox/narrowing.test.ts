import type { Summary } from '$client';
import { beforeEach, expect, it, vi } from 'vitest';

vi.mock('./lists.svelte', () => ({ lists: { isUnread: (row: { unread?: boolean }) => row.unread === true } }));
const { narrowing } = await import('./narrowing.svelte');

const rows = [
  { id: 'a', priority: 'urgent', unread: true },
  { id: 'b', priority: 'normal', unread: true },
  { id: 'c', priority: 'urgent' },
] as unknown as Summary[];
const ids = (current?: string) => narrowing.shown(rows, current).map(({ id }) => id);

beforeEach(() => narrowing.clear());

it('narrows to a priority, to what is unread, and to both, and where one is stays', () => {
  expect(ids()).toEqual(['a', 'b', 'c']);
  narrowing.priority = 'urgent';
  expect(ids()).toEqual(['a', 'c']);
  expect(narrowing.any).toBe(true);
  narrowing.unread = true;
  expect(ids()).toEqual(['a']);
  expect(ids('b')).toEqual(['a', 'b']);
  narrowing.clear();
  expect(narrowing.any).toBe(false);
  expect(ids()).toEqual(['a', 'b', 'c']);
});
