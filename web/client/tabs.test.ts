import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { once } from './once';
import { SharedStream, alone } from './tabs';
import type { Dial, Transport } from './transport';
import type { Frame, Said } from './types';

/** Web Locks as far as they are used: exclusive, in order of asking. */
class Locks {
  private readonly queues = new Map<string, (() => void)[]>();

  async request(name: string, options: { ifAvailable?: boolean; signal?: AbortSignal }, task: (lock: object | null) => unknown): Promise<unknown> {
    const queue = this.queues.get(name);
    if (queue && options.ifAvailable) return task(null);
    if (queue) await new Promise<void>((resolve, reject) => {
      queue.push(resolve);
      options.signal?.addEventListener('abort', () => {
        queue.splice(queue.indexOf(resolve) >>> 0, 1);
        reject(new DOMException('Aborted', 'AbortError'));
      });
    });
    else this.queues.set(name, []);
    try {
      return await task({});
    } finally {
      const next = this.queues.get(name)!.shift();
      if (next) next();
      else this.queues.delete(name);
    }
  }

  async query(): Promise<object> {
    return {};
  }
}

/** What the frame of another site gets in a private window. */
const refused = () => Promise.reject(new DOMException('The request was denied.', 'SecurityError'));

let dials: (Dial & { said: Said[]; closed: boolean })[];
const transport: Transport = (dial) => {
  const line = { ...dial, said: [] as Said[], closed: false };
  dials.push(line);
  return { late: true, say: (said) => line.said.push(said) > 0, close: () => void (line.closed = true) };
};

const tabs: SharedStream[] = [];
function tab() {
  const heard: Frame[] = [];
  const shared = new SharedStream({ name: 'parley:con_ana', onFrame: (frame) => heard.push(frame), transports: [transport], random: () => 0 });
  tabs.push(shared);
  shared.start();
  return { shared, heard };
}

const hello: Frame = { type: 'hello', cursor: 'c1', me: { kind: 'contact', id: 'con_ana' }, beatSeconds: 30 };
const event = (cursor: string): Frame => ({ type: 'event', cursor, entry: { seq: 1 } as never });
const mark: Frame = { type: 'mark', conversation: 'cnv_1', kind: 'seen', participant: { kind: 'agent', id: 'agt_kim' }, seq: 4, at: '' };
const until = (condition: () => boolean) => vi.waitFor(() => expect(condition()).toBe(true), { timeout: 2000, interval: 5 });

beforeEach(() => {
  dials = [];
  vi.stubGlobal('navigator', { locks: new Locks() });
});
afterEach(() => {
  for (const shared of tabs.splice(0)) shared.stop();
  vi.unstubAllGlobals();
});

it('one tab is connected, and all hear the same', async () => {
  const [one, two] = [tab(), tab()];
  await until(() => dials.length === 1);
  dials[0]!.heard(hello);
  dials[0]!.heard(event('c2'));
  await until(() => two.heard.length === 2);
  expect(two.heard).toEqual(one.heard);
  expect([one.shared.leads, two.shared.leads]).toEqual([true, false]);
  await until(() => two.shared.state === 'live');
  two.shared.say({ type: 'typing', conversation: 'cnv_1' });
  await until(() => dials[0]!.said.length === 1);
  expect(dials).toHaveLength(1);
});

it('a tab that joins later learns the state and the marks', async () => {
  const one = tab();
  await until(() => dials.length === 1);
  dials[0]!.heard(hello);
  dials[0]!.heard(mark);
  const late = tab();
  await until(() => late.shared.state === 'live');
  expect(late.heard).toEqual([mark]);
  expect(one.heard).toEqual([hello, mark]);
});

it('when the leader goes, the next leads on from the last cursor', async () => {
  const [one, two] = [tab(), tab()];
  await until(() => dials.length === 1);
  dials[0]!.heard(hello);
  dials[0]!.heard(event('c7'));
  await until(() => two.heard.length === 2);
  one.shared.stop();
  await until(() => dials.length === 2);
  expect([dials[0]!.closed, dials[1]!.cursor, two.shared.leads]).toEqual([true, 'c7', true]);
});

it('without locks every tab has a stream of its own', async () => {
  vi.stubGlobal('navigator', {});
  tab();
  tab();
  await until(() => dials.length === 2);
});

it('refused locks are no locks', async () => {
  vi.stubGlobal('navigator', { locks: { request: refused, query: refused } });
  tab();
  tab();
  await until(() => dials.length === 2);
  const done: string[] = [];
  await once('entry-5', () => void done.push('rung'));
  await alone('outbox', async () => void done.push('sent'));
  expect(done).toEqual(['rung', 'sent']);
});

it('one sound for all tabs', async () => {
  const played: number[] = [];
  await Promise.all([1, 2, 3].map((n) => once('entry-5', () => played.push(n), 20)));
  expect(played).toEqual([1]);
  await once('entry-6', () => played.push(4), 1);
  expect(played).toEqual([1, 4]);
});
