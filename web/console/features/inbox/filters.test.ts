import type { Summary } from '$client';
import { expect, it } from 'vitest';
import { fits } from './filters';

const row = { status: 'open', inbox: 'inb_1', team: 'tea_1', holder: { kind: 'agent', id: 'agt_noor' } } as Summary;

it('asks of a live row what the server asks of a stored one', () => {
  expect(fits(row, {})).toBe(true);
  expect(fits(row, { status: 'open', inbox: 'inb_1', team: 'tea_1', assignee: 'agt_noor' })).toBe(true);
  expect(fits(row, { status: 'snoozed' })).toBe(false);
  expect(fits(row, { inbox: 'inb_2' })).toBe(false);
  expect(fits({ ...row, holder: { kind: 'queue', id: 'agt_noor' } }, { assignee: 'agt_noor' })).toBe(false);
});
