import type { Entry, Item } from '$client';
import { expect, it } from 'vitest';
import { Plans, type Planned } from './plans';
import { Rows } from './rows';

const at = '2026-03-05T09:00:00.000Z';
const kim = { kind: 'agent', id: 'agt_kim' };
const entry = (seq: number, type: string, more: object) => ({ conversation: 'cnv_1', seq, at, type, author: kim, visibility: 'internal', ...more }) as unknown as Entry;
const item = (entry: Entry): Item => ({ key: entry.clientId ? `c${entry.clientId}` : `s${entry.seq}`, seq: entry.seq, entry, reactions: [], mine: true, ...(entry.type === 'message' ? { content: entry.content! } : {}) });
const words = { type: 'text', text: 'Hello' };
const plan = (seq: number, more: object = {}) => entry(seq, 'scheduled', { content: words, due: '2026-03-06T09:00:00.000Z', clientId: `k${seq}`, ...more });
const shown = (items: readonly Item[]) => new Rows().make(items).flatMap((row) => (row.kind === 'message' ? [`${row.key} ${(row.item as Planned).plan ?? 'said'}`] : []));

it('shows what can be taken back as if it were said, and the message in its place', () => {
  const plans = new Plans();
  const entries = [plan(1, { undo: true })];
  plans.add(entries);
  expect(shown(plans.draw(entries.map(item)))).toEqual(['ck1 undo']);
  const sent = [...entries, entry(2, 'unscheduled', { of: 1, cause: 'sent' }), entry(3, 'message', { content: words, trigger: { seq: 1, timer: 'scheduled' } })];
  plans.add(sent);
  expect(shown(plans.draw(sent.map(item)))).toEqual(['ck1 said']);
});

it('shows what waits for its time elsewhere, in order, until it has ended', () => {
  const plans = new Plans();
  const entries = [plan(1), plan(2, { due: '2026-03-05T10:00:00.000Z' }), plan(3, { undo: true })];
  expect(plans.add(entries)).toBe(true);
  expect(plans.waiting.map((p) => p.seq)).toEqual([2, 1]);
  expect(shown(plans.draw(entries.map(item)))).toEqual(['ck3 undo']);
  plans.add([entry(4, 'unscheduled', { of: 2, cause: 'takenBack' })]);
  expect(plans.waiting.map((p) => p.seq)).toEqual([1]);
  expect(plans.add([entry(5, 'closed', {})])).toBe(false);
});

it('says of what could not be sent why', () => {
  const plans = new Plans();
  const entries = [plan(1), entry(2, 'unscheduled', { of: 1, cause: 'agentGone' })];
  plans.add(entries);
  expect(shown(plans.draw(entries.map(item)))).toEqual(['ck1 agentGone']);
});

it('makes nothing anew that has not changed', () => {
  const plans = new Plans();
  const items = [plan(1, { undo: true })].map(item);
  expect(plans.draw(items)).toBe(items);
  plans.add(items.map((i) => i.entry));
  expect(plans.draw(items)[0]).toBe(plans.draw(items)[0]);
});
