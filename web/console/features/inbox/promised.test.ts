import { expect, it } from 'vitest';
import { promised } from './promised';

const at = (clock: string) => Date.parse(`2026-03-02T${clock}Z`);
const promise = { due: '2026-03-02T11:17:00Z', spoken: '2026-03-02T11:30:00Z' };
const since = '2026-03-02T10:17:00Z';

it.each([
  ['10:30:00', { tone: 'grey', says: 'by', at: promise.spoken }],
  ['11:05:00', { tone: 'waiting', says: 'by', at: promise.spoken }],
  // Broken by our own clock, while the customer still has every reason to wait.
  ['11:17:00', { tone: 'broken', says: 'due', at: promise.due }],
  ['11:30:00', { tone: 'broken', says: 'by', at: promise.spoken }],
] as const)('at %s', (now, shown) => expect(promised(promise, since, at(now))).toMatchObject(shown));

it('of before anything was rounded is what is due', () => {
  expect(promised({ due: promise.due }, since, at('11:18:00'))).toMatchObject({ tone: 'broken', says: 'by', at: promise.due });
  expect(promised({ due: promise.due, broken: true }, undefined, at('10:00:00')).tone).toBe('broken');
});
