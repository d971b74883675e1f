import { expect, test } from 'vitest';
import type { ThreadDelivery } from '$client';
import { over, sayingOf, troubled, worthwhile } from './trouble';

const of = (state: ThreadDelivery['state'], code?: string, next?: string): ThreadDelivery => ({ id: 'dlv_1', seq: 3, state, ...(code ? { code } : {}), ...(next ? { next } : {}) });

test.each<[ThreadDelivery, boolean]>([
  [of('queued'), false],
  [of('queued', 'unreachable', '2026-11-23T10:00:00Z'), true],
  [of('queued', 'misconfigured'), true],
  [of('sent'), false],
  [of('sent', 'delayed'), true],
  [of('sent', 'partly'), true],
  [of('sent', 'repeated'), true],
  [of('delivered'), false],
  [of('failed', 'recipientGone'), true],
  [of('unknown', 'outcomeUnknown'), true],
])('MS6 %j: there is something to say: %s', (it, says) => expect(troubled(it)).toBe(says));

test('what stays with somebody to do is told from what goes on by itself', () => {
  expect([of('failed', 'rejected'), of('unknown'), of('queued', 'throttled', 'later'), of('sent', 'delayed')].map(over)).toEqual([true, true, false, false]);
  expect([of('failed', 'recipientGone'), of('failed', 'rejected'), of('failed', 'windowClosed'), of('failed', 'unreachable'), of('unknown'), of('queued')].map(worthwhile)).toEqual([true, false, false, true, true, false]);
});

test('each has its words, also one that is not known here', () => {
  expect([of('failed', 'recipientGone'), of('unknown', 'unreachable'), of('queued', 'unreachable', 'later'), of('queued', 'misconfigured'), of('queued', 'outcomeUnknown', 'later'), of('sent', 'partly'), of('failed', 'new')].map(sayingOf)).toEqual([
    'trouble.recipientGone', 'trouble.outcomeUnknown', 'trouble.waits', 'trouble.misconfigured', 'trouble.repeats', 'trouble.partly', 'trouble.rejected',
  ]);
});
