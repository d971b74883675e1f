import { describe, expect, it } from 'vitest';
import { ConversationList, belongs, unread } from './list';
import { kim, row } from './test/cast';

const me = 'agt_kim';
const ids = (list: ConversationList) => list.rows.map((item) => item.id).join('');

function list(next?: string): ConversationList {
  const made = new ConversationList('all', me);
  made.load({ items: [row('c', 30), row('b', 20), row('a', 10)], ...(next ? { next } : {}) });
  return made;
}

describe('rows', () => {
  it('stand newest first and move up with what happens', () => {
    const view = list();
    view.put(row('a', 40));
    view.put(row('d', 35));
    expect(ids(view)).toBe('adcb');
  });

  it('that came or left while a page was on its way are not undone by it', () => {
    const view = list();
    const told = view.asking();
    view.put(row('d', 40));
    view.left('b');
    view.load({ items: [row('c', 30), row('b', 20), row('a', 10)] }, told);
    expect(ids(view)).toBe('dca');
    view.answered(told);
    view.load({ items: [row('c', 30), row('b', 20)] }, view.asking());
    expect(ids(view)).toBe('cb');
  });

  it('that nobody knew and that left while a page was on its way are not taken from it, unless they came back', () => {
    const view = list('cursor');
    const told = view.asking();
    for (const id of 'xy') view.left(id);
    view.put(row('y', 50));
    view.load({ items: [row('x', 60), row('y', 40), row('c', 30)], next: 'cursor' }, told);
    expect(ids(view)).toBe('ycba');
  });

  it('of a further page are not taken where they left since it was asked for, and are where they left before', () => {
    const view = list('cursor');
    view.left('y');
    const told = view.asking();
    view.left('x');
    view.append({ items: [row('x', 5), row('y', 4)], next: 'more' }, told);
    expect(ids(view)).toBe('cbay');
  });

  it('that came beyond the rows here while their page was on its way are not lost', () => {
    const view = list('cursor');
    const told = view.asking();
    for (const id of 'xyz') view.left(id);
    view.put(row('y', 4));
    view.put(row('z', 1));
    view.append({ items: [row('x', 5), row('w', 3)], next: 'more' }, told);
    expect(ids(view)).toBe('cbayw');
  });

  it('stand in the order of a saved view', () => {
    const at = (id: string, more: object) => row(id, 1, more);
    const view = new ConversationList('viw_x', me, 'waiting');
    view.load({ items: [at('a', { waitingSince: '2026-06-01T10:00:00.000Z' }), at('c', {})] });
    view.put(at('b', { waitingSince: '2026-06-01T09:00:00.000Z' }));
    expect(ids(view)).toBe('bac');
    const urgent = new ConversationList('viw_x', me, 'priority');
    urgent.load({ items: [at('a', { priority: 'low' }), at('b', { priority: 'urgent' }), row('c', 5, { priority: 'low' })] });
    expect(ids(urgent)).toBe('bca');
    const due = new ConversationList('viw_x', me, 'due');
    due.load({ items: [at('a', {}), at('b', { promise: { due: '2026-06-01T10:00:00.000Z' } })] });
    expect(ids(due)).toBe('ba');
  });

  it('leave when told so, and when they no longer belong', () => {
    const view = list();
    view.left('b');
    view.put(row('c', 31, { status: 'closed' }));
    expect(ids(view)).toBe('a');
  });

  it('do not go back to an older state', () => {
    const view = list();
    view.put(row('a', 40, { lastSeq: 50, priority: 'high' }));
    view.put(row('a', 39, { lastSeq: 49 }));
    expect(view.get('a')!.priority).toBe('high');
  });

  it('keep the viewer’s mark through summaries, which do not know it', () => {
    const view = list();
    view.seen('a', 9);
    view.put(row('a', 41));
    expect(view.get('a')!.seen).toBe(9);
    view.seen('a', 4);
    expect(view.get('a')!.seen).toBe(9);
  });

  it('beyond the last page loaded wait for their page', () => {
    const view = list('cursor');
    view.put(row('x', 1));
    expect(ids(view)).toBe('cba');
    view.append({ items: [row('x', 1)] });
    expect([ids(view), view.next]).toEqual(['cbax', undefined]);
    view.put(row('y', 0));
    expect(ids(view)).toBe('cbaxy');
  });

  it('a fresh first page takes away what has gone meanwhile, and keeps what lies beyond it', () => {
    const view = list('cursor');
    view.append({ items: [row('x', 5), row('y', 4)], next: 'more' });
    view.load({ items: [row('c', 30), row('a', 10)], next: 'cursor' });
    expect([ids(view), view.next]).toEqual(['caxy', 'more']);
  });
});

describe('while held', () => {
  it('nothing moves: known rows change in place, new ones wait', () => {
    const view = list();
    view.hold(true);
    view.put(row('a', 40, { priority: 'urgent' }));
    view.put(row('d', 50));
    expect([ids(view), view.fresh]).toEqual(['cba', 1]);
    expect(view.get('a')!.priority).toBe('urgent');
    view.release();
    expect([ids(view), view.fresh]).toEqual(['dacb', 0]);
    view.put(row('e', 60));
    expect([ids(view), view.fresh]).toEqual(['dacb', 1]);
    view.hold(false);
    expect(ids(view)).toBe('edacb');
  });

  it('what came before stands where it belongs, though nobody has looked yet', () => {
    const view = list();
    view.put(row('a', 40));
    view.hold(true);
    view.put(row('b', 50));
    expect([ids(view), view.fresh]).toEqual(['acb', 0]);
  });

  it('further pages still come in at the end', () => {
    const view = list('cursor');
    view.hold(true);
    view.append({ items: [row('x', 5)] });
    expect([ids(view), view.fresh]).toEqual(['cbax', 0]);
  });
});

describe('unread', () => {
  it('is what somebody else said after the mark', () => {
    const mine = { text: '', author: kim, type: 'message' };
    expect(unread(row('a', 5), me)).toBe(true);
    expect(unread(row('a', 5, { seen: 5 }), me)).toBe(false);
    expect(unread(row('a', 5, { seen: 4, preview: mine }), me)).toBe(false);
    expect(unread(row('a', 5, { seen: 4, preview: { ...mine, author: { kind: 'agent', id: 'agt_noor' } } }), me)).toBe(true);
  });
});

it('a row tells itself where it belongs, and where only the server knows', () => {
  const held = row('a', 1, { holder: { kind: 'agent', id: me }, team: 'tea_x' });
  const views = ['mine', 'unassigned', 'all', 'closed', 'inbox:inb_shop', 'inbox:other', 'team:tea_x', 'mentions'];
  expect(views.map((view) => belongs(held, view, me))).toEqual([true, false, true, false, true, false, true, undefined]);
  expect(belongs(row('b', 1, { holder: { kind: 'queue' } }), 'unassigned', me)).toBe(true);
});
