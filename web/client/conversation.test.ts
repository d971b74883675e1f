import { expect, it } from 'vitest';
import { fold, unopened } from './conversation';
import type { Entry } from './types';
import { ana, entry, kim, noor, said } from './test/cast';

const after = (...entries: Entry[]) => entries.reduce((standing, next) => fold(standing, next), unopened);

it('follows a conversation from its opening to its closing', () => {
  const standing = after(
    entry(1, 'opened', ana, { channel: 'web' }),
    entry(2, 'episodeOpened', ana, { episode: 1 }),
    said(3, ana, 'hello'),
    entry(4, 'assigned', noor, { team: 'tea_sails', cause: 'manual' }),
    entry(5, 'accepted', kim, { agent: 'agt_kim', by: 'answer' }),
    said(6, kim, 'hi'),
    entry(7, 'labelled', kim, { label: 'sails' }),
    entry(8, 'labelled', kim, { label: 'sails' }),
    entry(9, 'priorityChanged', kim, { from: 'normal', to: 'high' }),
    entry(10, 'modeChanged', kim, { from: 'messaging', to: 'live', cause: 'bothPresent' }),
    entry(11, 'closed', kim, { cause: 'manual' }),
  );
  expect(standing).toEqual({
    status: 'closed', mode: 'live', holder: { kind: 'agent', id: 'agt_kim' }, team: 'tea_sails', priority: 'high', labels: ['sails'], episode: 1, lastSeq: 11, lastMessageSeq: 6,
  });
});

it('leaves nothing of one status in the next', () => {
  const snoozed = after(entry(1, 'snoozed', kim, { until: '2026-03-06T09:00:00.000Z' }));
  expect(snoozed).toMatchObject({ status: 'snoozed', snoozedUntil: '2026-03-06T09:00:00.000Z' });
  const pending = fold(snoozed, entry(2, 'pending', kim, { on: 'customer' }));
  expect(pending).toMatchObject({ status: 'pending', pendingOn: 'customer' });
  expect(pending.snoozedUntil).toBeUndefined();
  expect(fold(pending, entry(3, 'unpended', ana, { cause: 'message' })).pendingOn).toBeUndefined();
});

it('takes the holder away with the assignment', () => {
  const held = after(entry(1, 'assigned', kim, { agent: 'agt_kim', team: 'tea_sails', cause: 'manual' }));
  expect(held).toMatchObject({ holder: { kind: 'agent', id: 'agt_kim' }, team: 'tea_sails' });
  expect(fold(held, entry(2, 'assigned', kim, { cause: 'manual' }))).toMatchObject({ holder: { kind: 'nobody' } });
});

it('knows each entry once, and counts those it does not understand', () => {
  const once = after(said(1, ana, 'a'));
  expect(fold(once, entry(1, 'closed', kim))).toBe(once);
  expect(fold(once, { ...said(2, ana, ''), type: 'unheardOf' } as unknown as Entry)).toEqual({ ...once, lastSeq: 2 });
});
