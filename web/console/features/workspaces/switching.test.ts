import { expect, test } from 'vitest';
import type { Switches } from '$client';
import { changes } from './switching';

const blended = { liveAllowed: true, endsSessions: false, hidesEarlier: false, oneDevice: false, showsQueue: false, whenClosed: 'messaging' } as Switches;
const messaging: Switches = { ...blended, liveAllowed: false };
const strict: Switches = { ...blended, endsSessions: true, hidesEarlier: true, oneDevice: true, showsQueue: true, whenClosed: 'form' };

test('OP8 from strict live to messaging both sides read what is otherwise, and nothing else', () => {
  expect(changes(strict, messaging)).toEqual({
    customers: ['switch.c.live.off', 'switch.c.ends.off', 'switch.c.hides.off', 'switch.c.closed.messaging'],
    agents: ['switch.a.live.off', 'switch.a.ends.off'],
  });
  expect(changes(messaging, blended)).toEqual({ customers: ['switch.c.live.on'], agents: ['switch.a.live.on'] });
});

test('what is the same before and after is no change', () => {
  expect(changes(blended, { ...blended, graceSeconds: 3 })).toEqual({ customers: [], agents: [] });
  expect(changes(blended, strict).customers).toContain('switch.c.closed.form');
  expect(changes(strict, blended).customers).toContain('switch.c.device.off');
});
