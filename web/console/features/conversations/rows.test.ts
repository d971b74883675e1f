import type { Entry, Item } from '$client';
import { describe, expect, it } from 'vitest';
import { Rows, type Row } from './rows';

const start = new Date(2026, 2, 5, 10, 0).getTime();

function item(seq: number, type: string, minutes: number, more: Record<string, unknown> = {}): Item {
  const author = { kind: 'contact', id: 'con_ana', ...(more.author as object) };
  const entry = { conversation: 'cnv_1', seq, type, at: new Date(start + minutes * 60_000).toISOString(), visibility: 'public', ...more, author } as unknown as Entry;
  return { key: `s${seq}`, seq, entry, reactions: [], mine: author.id === 'agt_kim' };
}

const kim = { author: { kind: 'agent', id: 'agt_kim' } };
const shape = (rows: readonly Row[]) =>
  rows.map((row) => (row.kind === 'message' ? `${row.side}${row.first ? '<' : ''}${row.item.seq}${row.last ? '>' : ''}` : row.kind === 'facts' ? `facts:${row.items.map((i) => i.seq)}` : row.kind));

describe('Rows', () => {
  it('groups by sender within five minutes and folds runs of facts', () => {
    const items = [
      item(1, 'opened', 0),
      item(2, 'episodeOpened', 0, { episode: 1 }),
      item(3, 'message', 0),
      item(4, 'message', 4),
      item(5, 'message', 10),
      item(6, 'assigned', 11, kim),
      item(7, 'reacted', 11, kim),
      item(8, 'labelled', 12, kim),
      item(9, 'message', 12, kim),
      item(10, 'note', 13, kim),
      item(11, 'unheardOf', 13, kim),
    ];
    expect(shape(new Rows().make(items))).toEqual(['day', 'facts:1', 'theirs<3', 'theirs4>', 'theirs<5>', 'facts:6,8', 'ours<9>', 'note<10>']);
  });

  it('marks each day and the first unread of others', () => {
    const items = [item(1, 'message', 0), item(2, 'message', 1), item(3, 'message', 2, kim), item(4, 'message', 24 * 60)];
    expect(shape(new Rows().make(items, 1))).toEqual(['day', 'theirs<1>', 'unread', 'theirs<2>', 'ours<3>', 'day', 'theirs<4>']);
    expect(shape(new Rows().make(items, 2))).toEqual(['day', 'theirs<1', 'theirs2>', 'ours<3>', 'day', 'unread', 'theirs<4>']);
  });

  it('comes to the same rows however the items arrive', () => {
    const kinds = ['message', 'message', 'note', 'assigned', 'labelled', 'reacted', 'closed', 'message'];
    const items = Array.from({ length: 400 }, (_, i) => item(i + 1, kinds[(i * 7) % kinds.length]!, i * ((i % 5) + 1) * 3, i % 3 ? kim : {}));
    const whole = shape(new Rows().make(items, 120));
    const grown = new Rows();
    for (let n = 1; n <= items.length; n++) grown.make(items.slice(0, n), 120);
    expect(shape(grown.rows)).toEqual(whole);
    const backwards = new Rows();
    for (let n = items.length - 1; n >= 0; n -= 7) backwards.make(items.slice(Math.max(0, n - 6)), 120);
    backwards.make(items, 120);
    expect(shape(backwards.rows)).toEqual(whole);
    const changed = items.map((each, i) => (i === 200 ? { ...each } : each));
    backwards.make(changed, 120);
    expect(shape(backwards.rows)).toEqual(whole);
  });

  it('keeps the rows that did not change', () => {
    const items = [item(1, 'message', 0), item(2, 'message', 30, kim), item(3, 'message', 60)];
    const rows = new Rows();
    const before = rows.make(items);
    const after = rows.make([...items, item(4, 'message', 61)]);
    expect(after.slice(0, 3)).toEqual(before.slice(0, 3));
    expect(after[1]).toBe(before[1]);
    expect(after[3]).not.toBe(before[3]);
  });

  it('makes only the end anew where a message comes into 30,000', () => {
    const items = Array.from({ length: 30_000 }, (_, i) => item(i + 1, 'message', i));
    const rows = new Rows();
    for (let n = 1; n <= 20; n++) {
      const before = new Set(rows.make([...items]));
      items.push(item(items.length + 1, 'message', items.length));
      const after = rows.make([...items]);
      expect(after.filter((row) => !before.has(row)).length).toBeLessThanOrEqual(3);
    }
  });
});
