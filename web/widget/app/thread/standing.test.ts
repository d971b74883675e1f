import { expect, it } from 'vitest';
import type { Entry, Item } from '$client';
import { standing } from './standing';

let seq = 0;
const came = (type: string, more: object = {}, kind = 'system'): Item => ({ entry: { type, seq: ++seq, author: { kind }, ...more } as unknown as Entry }) as Item;
const row = { mode: 'messaging' } as const;

it('is what the row says as long as nothing came since', () => {
  expect(standing({ mode: 'waiting', promise: { due: '2026-03-02T11:51:00Z', spoken: '2026-03-02T12:00:00Z' } }, [])).toEqual({ mode: 'waiting', due: '2026-03-02T12:00:00Z', asked: false });
});

it('says when it is due where it was not rounded', () => {
  expect(standing({ mode: 'messaging', promise: { due: '2026-03-02T11:51:00Z' } }, []).due).toBe('2026-03-02T11:51:00Z');
  expect(standing(row, [came('promised', { due: '2026-03-02T11:51:00Z' })]).due).toBe('2026-03-02T11:51:00Z');
});

it('follows the mode', () => {
  expect(standing(row, [came('modeChanged', { to: 'waiting' }), came('modeChanged', { to: 'live' })]).mode).toBe('live');
});

it('owes an answer until one comes, and then no more', () => {
  const promised = [came('message', {}, 'contact'), came('promised', { spoken: '2026-03-02T12:00:00Z' })];
  expect(standing(row, [...promised, came('message', {}, 'contact')]).due).toBe('2026-03-02T12:00:00Z');
  expect(standing(row, [...promised, came('promiseRenewed', { spoken: '2026-03-02T13:00:00Z' })]).due).toBe('2026-03-02T13:00:00Z');
  expect(standing(row, [...promised, came('promiseRenewed', { due: '2026-03-02T12:51:00Z', spoken: '2026-03-02T13:00:00Z' })]).due).toBe('2026-03-02T13:00:00Z');
  expect(standing(row, [...promised, came('message', {}, 'agent')]).due).toBeUndefined();
  expect(standing(row, [...promised, came('closed')]).due).toBeUndefined();
});

it('asks whether somebody is still here until they say so or write', () => {
  const reminded = came('sessionReminded');
  expect(standing(row, [reminded]).asked).toBe(true);
  expect(standing(row, [reminded, came('stayed')]).asked).toBe(false);
  expect(standing(row, [reminded, came('message', {}, 'contact')]).asked).toBe(false);
});
