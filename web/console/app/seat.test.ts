import { expect, it, vi } from 'vitest';
import type { Frame } from '$client';
import { settle } from '../../client/test/cast';
import { seat } from './seat.svelte';

const around = vi.hoisted(() => {
  const around = {
    frame: (_: unknown) => undefined as void,
    state: 'away',
    hired: [] as { id: string; name: string; state: string }[],
    /** The directory is answered when the test says so. */
    hold: Promise.resolve() as Promise<void>,
    time: 0,
  };
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('document', { hidden: false, addEventListener: () => undefined });
  return around;
});

vi.mock('$client', () => ({
  Http: class {},
  Problem: class extends Error {},
  AgentApi: class {
    static over = () => ({});
    me = async () => ({ id: 'agt_noor', state: around.state });
    counts = async () => ({});
    directory = async () => {
      const state = around.state;
      await around.hold;
      return { agents: [{ id: 'agt_noor', name: 'Noor', state }, ...around.hired], teams: [], inboxes: [] };
    };
  },
  Stream: class {
    constructor(options: { onFrame: (frame: unknown) => void }) {
      around.frame = options.onFrame;
    }
    start() {}
    stop() {}
  },
}));

it('what the stream says is newer than an answer that was asked for before', async () => {
  vi.spyOn(performance, 'now').mockImplementation(() => ++around.time);
  await seat.arrive();
  expect(seat.state).toBe('away');

  let answer = () => undefined as void;
  around.hold = new Promise((done) => (answer = done));
  around.frame({ type: 'hello' });
  await settle();
  around.state = 'online';
  around.frame({ type: 'signal', kind: 'presence', agent: 'agt_noor', present: true, state: 'online' } as Frame);
  answer();
  await settle();
  expect(seat.state).toBe('online');

  // What is asked for after it is newer again.
  around.state = 'busy';
  around.frame({ type: 'hello' });
  await settle();
  expect(seat.state).toBe('busy');
});

it('knows by name who was hired since, as soon as they come', async () => {
  await seat.arrive();
  await settle();
  expect(seat.agent('agt_ravi')).toBeUndefined();
  around.hired = [{ id: 'agt_ravi', name: 'Ravi', state: 'away' }];
  around.frame({ type: 'signal', kind: 'presence', agent: 'agt_ravi', present: true, state: 'online' } as Frame);
  await settle();
  expect(seat.agent('agt_ravi')?.name).toBe('Ravi');
  expect(seat.agentStates.get('agt_ravi')).toBeDefined();
});
