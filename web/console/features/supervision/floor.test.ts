import { describe, expect, it } from 'vitest';
import type { AtWork, Ongoing } from '$client';
import { nothing, oldest, owed, queue, staff, told, units } from './floor';

const line = (conversation: string, more: Partial<Ongoing> = {}): Ongoing => ({ conversation, contact: { id: 'con' }, inbox: 'inb', mode: 'messaging', status: 'open', priority: 'normal', ...more });
const agent = (id: string, more: Partial<AtWork> = {}): AtWork => ({ id, name: id, state: 'online', here: true, load: 0, capacity: 4, ...more });
const floor = (conversations: Ongoing[], agents: AtWork[] = []) => told(nothing, { whole: true, agents, conversations, gone: [] });
const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 9, minute)).toISOString();

describe('PA16 what a supervisor sees', () => {
  it('is what was told last, without what is over', () => {
    const before = floor([line('a'), line('b')], [agent('kim')]);
    const after = told(before, { whole: false, agents: [agent('kim', { load: 1 })], conversations: [line('b', { agent: 'kim' }), line('c')], gone: ['a'] });
    expect([...after.conversations.keys()]).toEqual(['b', 'c']);
    expect(after.agents.get('kim')!.load).toBe(1);
    expect([...told(after, { whole: true, agents: [], conversations: [], gone: [] }).conversations]).toEqual([]);
  });

  it('has the queue in the order in which they are served, and says who waits longest', () => {
    const it = floor([line('late', { since: at(5) }), line('early', { since: at(1) }), line('urgent', { since: at(9), priority: 'urgent' }), line('talks')]);
    expect(queue(it).map((row) => row.conversation)).toEqual(['urgent', 'early', 'late']);
    expect(oldest(it)).toBe(at(1));
  });

  it('has what is broken before what is at risk, and nothing that has time', () => {
    const promise = (minute: number, risky = false, broken = false) => ({ promise: { due: at(minute), risky, broken } });
    const it = floor([line('time', promise(59)), line('risk', promise(30, true)), line('sooner', promise(25, true)), line('broken', promise(50, true, true)), line('over', promise(10))]);
    expect(owed(it, Date.parse(at(20))).map((row) => row.conversation)).toEqual(['over', 'broken', 'sooner', 'risk']);
  });

  it('has who is here first, and of them who has most, with what they have', () => {
    const it = floor([line('two', { agent: 'noor', waitingSince: at(2) }), line('one', { agent: 'noor', waitingSince: at(1) })], [agent('kim', { here: false }), agent('ravi', { load: 1 }), agent('noor', { load: 3 })]);
    expect(staff(it).map(({ agent: who }) => who.id)).toEqual(['noor', 'ravi', 'kim']);
    expect(staff(it)[0]!.has.map((row) => row.conversation)).toEqual(['one', 'two']);
  });

  it('counts in thirds', () => {
    expect([0, 0.33, 1, 1.67, 2.33].map(units)).toEqual(['0', '⅓', '1', '1⅔', '2⅓']);
  });
});
