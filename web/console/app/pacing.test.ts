import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Pacing } from './pacing';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function scene(cost = 0) {
  const batches: number[][] = [[]];
  const it = new Pacing<number>((each, more) => {
    vi.setSystemTime(Date.now() + cost);
    batches.at(-1)!.push(each);
    if (!more) batches.push([]);
  }, Date.now);
  return { it, taken: () => batches.flat(), batches: () => batches.filter((batch) => batch.length) };
}

it('takes what is rare at once', () => {
  const { it, taken } = scene();
  for (let i = 0; i < 20; i++) {
    it.put(i);
    expect(taken().at(-1)).toBe(i);
    vi.advanceTimersByTime(200);
  }
});

it('takes a few that belong together at once, too', () => {
  const { it, taken } = scene();
  [1, 2, 3, 4].forEach((each) => it.put(each));
  expect(taken()).toEqual([1, 2, 3, 4]);
});

it('gathers what is thick: nothing is lost, all in order, a few times a second, and none is late', () => {
  const { it, taken, batches } = scene();
  let late = 0;
  for (let i = 0; i < 500; i++) {
    it.put(i);
    late = Math.max(late, i - taken().at(-1)!);
    vi.advanceTimersByTime(20);
  }
  vi.advanceTimersByTime(200);
  expect(taken()).toEqual([...Array(500).keys()]);
  expect(batches().length).toBeLessThanOrEqual(10 * 8 + 4);
  // Fifty a second: none waited longer than 125 ms.
  expect(late).toBeLessThanOrEqual(7);
});

it('takes a heap in pieces, so that no key waits for it', () => {
  const { it, taken, batches } = scene(5);
  for (let i = 0; i < 40; i++) it.put(i);
  vi.advanceTimersByTime(2_000);
  expect(taken()).toEqual([...Array(40).keys()]);
  expect(Math.max(...batches().map((batch) => batch.length))).toBeLessThanOrEqual(4);
});

it('lets nothing wait longer because a heap came before it', () => {
  const { it, taken } = scene(5);
  for (let i = 0; i < 64; i++) it.put(i);
  for (let i = 0; i < 200 && taken().length < 64; i++) vi.advanceTimersByTime(5);
  expect(taken()).toHaveLength(64);
  it.put(64);
  vi.advanceTimersByTime(125);
  expect(taken()).toHaveLength(65);
});

it('takes all that waits when something builds on it, and nothing once nobody listens', () => {
  const { it, taken } = scene();
  for (let i = 0; i < 10; i++) it.put(i);
  it.flush();
  expect(taken()).toHaveLength(10);
  it.put(10);
  it.clear();
  vi.advanceTimersByTime(500);
  expect(taken()).toHaveLength(10);
});

it('goes on after a mistake in one', () => {
  const thrown: unknown[] = [];
  vi.stubGlobal('queueMicrotask', (fail: () => void) => {
    try {
      fail();
    } catch (error) {
      thrown.push(error);
    }
  });
  const taken: number[] = [];
  const it = new Pacing<number>((each) => {
    if (each === 1) throw new Error('no');
    taken.push(each);
  }, Date.now);
  [0, 1, 2].forEach((each) => it.put(each));
  expect(taken).toEqual([0, 2]);
  expect(thrown).toHaveLength(1);
  vi.unstubAllGlobals();
});

it('may be asked to put more while it hands over', () => {
  const taken: number[] = [];
  const it: Pacing<number> = new Pacing<number>((each) => {
    taken.push(each);
    if (each < 10) it.put(each + 1);
  }, Date.now);
  it.put(0);
  vi.advanceTimersByTime(3_000);
  expect(taken).toEqual([...Array(11).keys()]);
});
