import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Frame } from '$client';
import { ana, row, settle } from '../../../client/test/cast';
import { notices } from './notices.svelte';

const around = vi.hoisted(() => ({
  hear: undefined as ((frame: Frame) => void) | undefined,
  attention: { on: false },
  route: { conversation: undefined as string | undefined },
  current: { it: undefined as { id: string } | undefined },
  chime: vi.fn(),
  toast: vi.fn(),
}));

vi.mock('./chime', () => ({ chime: around.chime }));
vi.mock('../conversations', () => ({ attention: around.attention, announced: { say: () => undefined }, current: around.current }));
vi.mock('../../app/preferences.svelte', () => ({ preferences: { get: (key: string) => key === 'sound' } }));
vi.mock('../../app/route.svelte', () => ({ route: around.route }));
vi.mock('../../app/texts.svelte', () => ({ t: (key: string) => key }));
vi.mock('../../app/refusals', () => ({ complain: () => undefined }));
vi.mock('$kit/parts/toasts.svelte', () => ({ toast: around.toast }));
vi.mock('../../app/seat.svelte', () => ({
  seat: {
    me: { id: 'agt_kim' }, counts: { unassigned: 3 },
    hear: (heard: (frame: Frame) => void) => {
      around.hear = heard;
      return () => (around.hear = undefined);
    },
  },
}));

let stop: () => void;
let minute = Date.now();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('removeEventListener', () => undefined);
  // Every test has a minute of its own: what sounded in the one before is long past.
  vi.setSystemTime((minute += 60_000));
  around.chime.mockClear();
  around.toast.mockClear();
  around.attention.on = false;
  around.route.conversation = around.current.it = undefined;
  stop = notices.start();
});

afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** How often it has sounded after these came, each so many milliseconds after the one before. */
async function sounds(...frames: [after: number, frame: Frame][]): Promise<number> {
  for (const [after, frame] of frames) {
    await vi.advanceTimersByTimeAsync(after);
    around.hear!(frame);
    await settle();
  }
  return around.chime.mock.calls.length;
}

const counted = (unassigned: number): Frame => ({ type: 'counts', counts: { unassigned } });

function came(id: string, seq: number): Frame {
  const preview = { seq, at: new Date().toISOString(), type: 'message', author: ana, text: 'Is anybody there?' };
  return { type: 'event', cursor: 'c', summary: row(id, seq, { lastEntryAt: new Date().toISOString(), preview } as never) } as Frame;
}

it('sounds once for a new conversation, which its row and the number of those that wait both tell', async () => {
  expect(await sounds([0, came('cnv_row', 1)], [300, counted(4)])).toBe(1);
  expect(await sounds([10_000, counted(5)], [300, came('cnv_number', 1)])).toBe(2);
});

it('sounds for a conversation whose row is in no list that is shown', async () => {
  expect(await sounds([0, counted(4)], [10_000, counted(3)], [10_000, counted(4)])).toBe(2);
});

it('sounds again for what comes later', async () => {
  expect(await sounds([0, came('cnv_later', 1)], [300, counted(4)], [5_000, came('cnv_later', 2)])).toBe(2);
});

it('leaves the number alone while somebody looks', async () => {
  around.attention.on = true;
  expect(await sounds([0, counted(4)])).toBe(0);
});

it('is silent about what was before one’s eyes, also where its row comes after one has looked away', async () => {
  around.route.conversation = 'cnv_open';
  around.current.it = { id: 'cnv_open' };
  around.attention.on = true;
  const entry = { conversation: 'cnv_open', seq: 2, type: 'message', author: ana, content: { text: 'About my order' } };
  await sounds([0, came('cnv_open', 1)], [300, { type: 'event', cursor: 'c', entry } as unknown as Frame]);
  around.attention.on = false;
  expect(await sounds([5_000, came('cnv_open', 2)])).toBe(0);
  expect(await sounds([5_000, came('cnv_open', 3)])).toBe(1);
});

it('MS31: says that an answer is owed, with a sound, unless one has that thread before one', async () => {
  around.attention.on = true;
  around.route.conversation = 'cnv_other';
  const nudge = (broken?: boolean): Frame => ({ type: 'signal', kind: 'nudge', conversation: 'cnv_ana', due: '2026-03-02T10:00:00Z', ...(broken ? { broken } : {}) });
  expect(await sounds([0, nudge()])).toBe(1);
  expect(around.toast.mock.calls.map((call) => call[0])).toEqual(['nudge.owed']);
  expect(await sounds([5_000, nudge(true)])).toBe(2);
  expect(around.toast.mock.calls.map((call) => call[0])).toEqual(['nudge.owed', 'nudge.broken']);
  expect(await sounds([10_000, { ...nudge(), passed: true } as Frame])).toBe(3);
  expect(around.toast.mock.calls.at(-1)?.[0]).toBe('nudge.passed');
  around.route.conversation = 'cnv_ana';
  expect(await sounds([15_000, nudge(true)])).toBe(3);
});
