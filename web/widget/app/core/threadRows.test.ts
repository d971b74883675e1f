import { describe, expect, it } from 'vitest';
import type { Mark, Thread } from '$client';
import { ana, cnv, entry, kim, noor, said } from '../../../client/test/cast';
import { Marks, badge, caught, heard, newestFirst, opened, seen } from './threadRows';

const row = (more: Partial<Thread> = {}): Thread => ({
  id: cnv, status: 'open', mode: 'messaging', lastSeq: 4, lastMessageSeq: 4, lastEntryAt: '2026-03-05T09:04:00.000Z', createdAt: '2026-03-05T09:00:00.000Z',
  seen: 4, unread: 0, agents: [{ id: 'agt_kim', name: 'Kim' }], ...more,
});

describe('a row', () => {
  it('counts what others say and shows it', () => {
    const next = heard(heard(row(), said(6, kim, 'a'), 'a'), said(7, noor, 'b'), 'b');
    expect(next).toMatchObject({ unread: 2, lastSeq: 7, lastMessageSeq: 7, preview: { text: 'b', author: noor }, seen: 4 });
    expect(next.agents.map((agent) => agent.name)).toEqual(['Noor', 'Kim']);
  });

  it('is read by whoever answers', () => {
    expect(heard(row({ unread: 3 }), said(6, ana, 'a'), 'a')).toMatchObject({ unread: 0, seen: 6 });
  });

  it('is closed and open again as that is heard', () => {
    const closed = heard(row(), entry(6, 'closed', kim), '');
    expect(closed.status).toBe('closed');
    expect(heard(closed, entry(7, 'reopened', kim), '').status).toBe('open');
  });

  it('moves with facts, and they are no words', () => {
    expect(heard(row(), entry(6, 'closed', kim), '')).toMatchObject({ lastSeq: 6, lastMessageSeq: 4, unread: 0 });
    expect(heard(row(), { ...said(6, kim, ''), redacted: 'deleted' }, '')).toMatchObject({ unread: 0, lastMessageSeq: 4 });
  });

  it('counts a word that was overtaken, and does not go back for it', () => {
    expect(heard(row({ lastSeq: 8, lastMessageSeq: 8 }), said(6, kim, 'late'), 'late')).toMatchObject({ unread: 1, lastSeq: 8, lastMessageSeq: 8 });
  });

  it('is read in part or to the end, and never unread again', () => {
    const behind = row({ seen: 1, unread: 2, lastMessageSeq: 4 });
    expect(seen(behind, 3)).toMatchObject({ seen: 3, unread: 2 });
    expect(seen(behind, 4)).toMatchObject({ seen: 4, unread: 0 });
    expect(seen(row(), 2)).toEqual(row());
  });

  it('of a conversation just opened stands at once', () => {
    expect(opened({ id: 'cnv_new' }, said(2, ana, 'hi'), 'hi')).toMatchObject({ id: 'cnv_new', unread: 0, seen: 2, lastMessageSeq: 2, preview: { text: 'hi' } });
    expect(opened({ id: 'cnv_new', lastSeq: 5 }, said(2, ana, 'hi'), 'hi').lastSeq).toBe(5);
  });
});

it('is not taken back by a list that was written before', () => {
  const ours = heard(row({ agents: [] }), said(6, noor, 'b'), 'b');
  expect(caught([ours, row({ id: 'cnv_gone' })], [row({ agents: [] })])).toEqual([ours]);
  const theirs = row({ lastSeq: 6, mode: 'live' });
  expect(caught([ours], [theirs, row({ id: 'cnv_new' })])).toEqual([theirs, row({ id: 'cnv_new' })]);
});

describe('beside the launcher', () => {
  it('stand the sum and the newest unread words with their author', () => {
    const rows = newestFirst([row({ id: 'a', unread: 1, preview: { text: 'older', author: kim, type: 'message' } }), row({ id: 'b', unread: 2, lastEntryAt: '2026-03-06T09:00:00.000Z', preview: { text: 'newer', author: noor, type: 'message' } })]);
    expect(badge(rows)).toEqual({ count: 3, text: 'Noor: newer' });
    expect(badge([row()])).toEqual({ count: 0 });
  });
});

it('the newest mark of each is kept for threads that are opened later', () => {
  const marks = new Marks();
  const mark = (seq: number): Mark => ({ type: 'mark', conversation: cnv, kind: 'seen', participant: { kind: 'agent', id: 'agt_kim' }, seq, at: '' });
  const delivery: Mark = { type: 'mark', conversation: cnv, kind: 'delivery', message: 2, state: 'delivered', at: '' };
  for (const one of [mark(3), mark(2), { ...delivery, message: 1 }, delivery, { ...delivery, message: 1 }, { ...delivery, conversation: 'cnv_other' }]) marks.keep(one);
  expect(marks.of(cnv)).toEqual([mark(3), delivery]);
});
