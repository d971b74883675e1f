import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Stream, type StreamOptions, type StreamState } from './stream';
import { frames } from './sse';
import { type Dial, type Transport } from './transport';
import type { Frame, Said } from './types';
import { settle } from './test/cast';

/** A server that the test speaks for. */
function wire() {
  const dials: (Dial & { kind: string; said: Said[]; closed: boolean })[] = [];
  const transport = (kind: string, late: boolean): Transport => (dial) => {
    const line = { ...dial, kind, said: [] as Said[], closed: false };
    dials.push(line);
    return {
      late,
      say: (said) => (kind === 'socket' || said.type === 'typing') && line.said.push(said) > 0,
      close: () => void (line.closed = true),
    };
  };
  return { dials, transports: [transport('socket', true), transport('sse', false)], last: () => dials.at(-1)! };
}

const hello = (cursor = 'c1'): Frame => ({ type: 'hello', cursor, me: { kind: 'contact', id: 'con_ana' }, beatSeconds: 30 });
const beat = (cursor: string): Frame => ({ type: 'beat', cursor });

describe('a stream', () => {
  let net: ReturnType<typeof wire>;
  let states: StreamState[];
  let heard: Frame[];

  const start = async (options: Partial<StreamOptions> = {}) => {
    const stream = new Stream({ onFrame: (frame) => heard.push(frame), onState: (state) => states.push(state), transports: net.transports, random: () => 0, ...options });
    stream.start();
    await settle();
    return stream;
  };
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

  beforeEach(() => {
    vi.useFakeTimers();
    net = wire();
    states = [];
    heard = [];
  });
  afterEach(() => vi.useRealTimers());

  it('goes on at the last cursor it heard, whichever frame brought it', async () => {
    await start({ cursor: 'c0' });
    expect(net.last().cursor).toBe('c0');
    net.last().heard(hello('c1'));
    net.last().heard({ type: 'event', cursor: 'c2', entry: {} as never });
    net.last().lost();
    await pass(250);
    expect(net.last().cursor).toBe('c2');
    net.last().heard(hello('c2'));
    net.last().heard(beat('c5'));
    net.last().lost();
    await pass(250);
    expect(net.last().cursor).toBe('c5');
    expect(states).toEqual(['connecting', 'live', 'waiting', 'connecting', 'live', 'waiting', 'connecting']);
    expect(heard.map((frame) => frame.type)).toEqual(['hello', 'event', 'hello', 'beat']);
  });

  it('waits longer after each failure and starts over after a hello', async () => {
    await start();
    const waits: number[] = [];
    for (let i = 0; i < 9; i++) {
      const count = net.dials.length;
      net.last().lost();
      let waited = 0;
      while (net.dials.length === count) {
        await pass(50);
        waited += 50;
      }
      waits.push(waited);
    }
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
    net.last().heard(hello());
    net.last().lost();
    await pass(250);
    expect(net.dials).toHaveLength(11);
  });

  it('is cut by two missed beats, and not by one', async () => {
    await start();
    net.last().heard(hello());
    await pass(60_000);
    net.last().heard(beat('c2'));
    await pass(60_000);
    expect(states.at(-1)).toBe('live');
    await pass(4_000);
    expect(net.dials[0]!.closed).toBe(true);
    expect(net.dials.length).toBe(2);
  });

  it('does not hang on a connection that neither opens nor fails', async () => {
    await start();
    await pass(15_300);
    expect(net.dials).toHaveLength(2);
    expect(net.dials[0]!.closed).toBe(true);
  });

  it('hears nothing of a line it has given up', async () => {
    const stream = await start();
    const old = net.last();
    old.heard(hello('c1'));
    old.lost();
    await pass(250);
    old.heard(beat('stale'));
    old.lost();
    expect(stream.state).toBe('connecting');
    net.last().heard(hello('c3'));
    expect(heard.map((frame) => frame.type)).toEqual(['hello', 'hello']);
  });

  it('says all that stands again after a cut, made anew, and only after the hello', async () => {
    const stream = await start();
    let after = 3;
    stream.stand('watch', () => ({ type: 'watch', view: 'mine' }));
    stream.stand('open', () => ({ type: 'open', conversation: 'cnv_1', after }));
    expect(net.last().said).toEqual([]);
    net.last().heard(hello());
    expect(net.last().said).toEqual([{ type: 'watch', view: 'mine' }, { type: 'open', conversation: 'cnv_1', after: 3 }]);
    after = 9;
    stream.withdraw('watch', { type: 'unwatch', view: 'mine' });
    expect(net.last().said.at(-1)).toEqual({ type: 'unwatch', view: 'mine' });
    net.last().lost();
    await pass(250);
    net.last().heard(hello());
    expect(net.last().said).toEqual([{ type: 'open', conversation: 'cnv_1', after: 9 }]);
  });

  it('does not keep what is said while cut', async () => {
    const stream = await start();
    expect(stream.say({ type: 'typing', conversation: 'cnv_1' })).toBe(false);
    net.last().heard(hello());
    expect(stream.say({ type: 'typing', conversation: 'cnv_1' })).toBe(true);
    expect(net.last().said).toHaveLength(1);
  });

  it('turns to Server-Sent Events when no socket ever opens, and carries what stands in the address', async () => {
    const stream = await start();
    stream.stand('open', () => ({ type: 'open', conversation: 'cnv_1' }));
    net.last().lost();
    await pass(300);
    expect(net.last().kind).toBe('sse');
    expect(net.last().standing).toEqual([{ type: 'open', conversation: 'cnv_1' }]);
    net.last().heard(hello());
    expect(stream.state).toBe('live');
    expect(net.last().said).toEqual([]);
    const before = net.dials.length;
    stream.stand('open2', () => ({ type: 'open', conversation: 'cnv_2' }));
    await settle();
    expect(net.dials.length).toBe(before + 1);
  });

  it('does not leave a socket that has worked for one bad moment', async () => {
    await start();
    net.last().heard(hello());
    for (let i = 0; i < 4; i++) {
      net.last().lost();
      await pass(16_000);
      expect(net.last().kind).toBe('socket');
    }
    for (let i = 0; i < 2; i++) {
      net.last().lost();
      await pass(15_000);
    }
    expect(net.last().kind).toBe('sse');
  });

  it('comes back to the socket some time after it had to do without', async () => {
    await start();
    net.last().lost();
    await pass(300);
    expect(net.last().kind).toBe('sse');
    net.last().heard(hello('c4'));
    for (let i = 0; i < 5; i++) {
      await pass(59_000);
      net.last().heard(beat('c5'));
    }
    await pass(6_000);
    expect(net.last()).toMatchObject({ kind: 'socket', cursor: 'c5' });
    net.last().heard(hello('c5'));
    const before = net.dials.length;
    for (let i = 0; i < 20; i++) {
      await pass(50_000);
      net.last().heard(beat('c6'));
    }
    expect(net.dials.length).toBe(before);
  });

  it('forgets its cursor when the server says that all it kept is gone', async () => {
    await start({ cursor: 'old' });
    net.last().heard({ type: 'gone' });
    net.last().lost();
    await pass(15_000);
    expect(net.last().cursor).toBeUndefined();
    expect(heard).toContainEqual({ type: 'gone' });
  });

  it('obeys a bye: waits as asked, and renews its token where access was withdrawn', async () => {
    const asked: boolean[] = [];
    await start({ token: async (renew) => (asked.push(renew), `t${asked.length}`) });
    net.last().heard(hello());
    net.last().heard({ type: 'bye', reason: 'access', retryAfterMs: 5_000 });
    await pass(4_900);
    expect(net.dials).toHaveLength(1);
    await pass(200);
    expect(asked).toEqual([false, true]);
    expect(net.last().token).toBe('t2');
    net.last().heard(hello());
    net.last().heard({ type: 'bye', reason: 'restart', retryAfterMs: 100 });
    await pass(300);
    expect(asked).toEqual([false, true, false]);
  });

  it('goes to another node at once where its own drains, and waits as ever where that one is not there', async () => {
    await start();
    net.last().heard(hello('c7'));
    net.last().heard({ type: 'bye', reason: 'drain', retryAfterMs: 20 });
    await pass(20);
    expect([net.dials.length, net.last().cursor]).toEqual([2, 'c7']);
    net.last().lost();
    await pass(240);
    expect(net.dials).toHaveLength(2);
    await pass(10);
    expect(net.dials).toHaveLength(3);
  });

  it('tries again when no token can be had', async () => {
    let fail = true;
    await start({ token: async () => (fail ? Promise.reject(new Error('offline')) : 'token') });
    expect(states.at(-1)).toBe('waiting');
    fail = false;
    await pass(300);
    expect(net.last().token).toBe('token');
  });

  it('comes back at once when nudged', async () => {
    const stream = await start();
    for (let i = 0; i < 6; i++) {
      net.last().lost();
      await pass(9_000);
    }
    net.last().lost();
    const before = net.dials.length;
    stream.nudge();
    await settle();
    expect(net.dials.length).toBe(before + 1);
  });

  it('stays stopped', async () => {
    const stream = await start();
    net.last().heard(hello());
    stream.stop();
    await pass(120_000);
    expect([net.dials.length, stream.state]).toEqual([1, 'closed']);
  });
});

describe('server-sent events', () => {
  it('are put together however they are cut', () => {
    const whole = ': welcome\n\nevent: x\r\ndata: {"type":"beat",\r\ndata: "cursor":"c1"}\r\n\r\ndata: {"type":"gone"}\n\n';
    for (let size = 1; size < whole.length; size++) {
      const got: Frame[] = [];
      const parse = frames((frame) => got.push(frame));
      for (let at = 0; at < whole.length; at += size) parse(whole.slice(at, at + size));
      expect(got).toEqual([{ type: 'beat', cursor: 'c1' }, { type: 'gone' }]);
    }
  });
});
