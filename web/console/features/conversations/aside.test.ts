import { expect, it } from 'vitest';
import type { Entry, Item, Summary } from '$client';
import { aside } from './aside';

let seq = 0;
const came = (type: string, more: object = {}, kind = 'system'): Item => ({ entry: { type, seq: ++seq, author: { kind }, ...more } as unknown as Entry }) as Item;
const row = { status: 'open', holder: { kind: 'agent', id: 'agt_me' }, waitingSince: '2026-03-02T12:00:00Z' } as unknown as Summary;
const answered = { ...row, waitingSince: undefined } as unknown as Summary;
const left = came('modeChanged', { to: 'messaging', cause: 'contactLeft' });

it('says nothing where nobody waits and nobody left', () => {
  expect(aside(undefined, [], 'agt_me')).toBeUndefined();
  expect(aside(row, [came('message', {}, 'contact')], 'agt_me')).toBeUndefined();
  expect(aside(row, [came('modeChanged', { to: 'messaging', cause: 'idle' })], 'agt_me')).toBeUndefined();
});

it('reminds whom it concerns, until they have answered', () => {
  const nudged = came('nudged', { agent: 'agt_me' });
  expect(aside(row, [came('message', {}, 'contact'), nudged], 'agt_me')).toEqual({ kind: 'owed', since: '2026-03-02T12:00:00Z' });
  expect(aside(row, [nudged], 'agt_other')).toBeUndefined();
  expect(aside(answered, [nudged, came('message', {}, 'agent')], 'agt_me')).toBeUndefined();
});

it('says that they left, whether an answer was owed, and no more once they are back', () => {
  expect(aside(row, [left, came('promised')], 'agt_me')).toEqual({ kind: 'left', owed: true });
  expect(aside(answered, [left, came('message', {}, 'agent')], 'agt_me')).toEqual({ kind: 'left', owed: false });
  expect(aside(row, [left, came('message', {}, 'contact')], 'agt_me')).toBeUndefined();
  expect(aside({ ...answered, status: 'closed' }, [left], 'agt_me')).toBeUndefined();
});
