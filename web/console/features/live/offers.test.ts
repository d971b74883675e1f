import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Problem, type Frame, type Offer } from '$client';
import { settle } from '../../../client/test/cast';
import { offers } from './offers.svelte';

const around = vi.hoisted(() => ({
  hear: undefined as ((frame: Frame) => void) | undefined,
  mine: { items: [] as Offer[], load: 0, capacity: 4 },
  answer: vi.fn(async () => undefined),
  open: vi.fn(),
  toast: vi.fn(),
  complain: vi.fn(),
}));

vi.mock('../../app/route.svelte', () => ({ route: { open: around.open } }));
vi.mock('../../app/texts.svelte', () => ({ t: (key: string, { name }: { name?: string } = {}) => (name && key === 'offer.has' ? `${key} ${name}` : key) }));
vi.mock('../../app/refusals', () => ({ complain: around.complain }));
vi.mock('$kit/parts/toasts.svelte', () => ({ toast: around.toast }));
vi.mock('../../app/seat.svelte', () => ({
  seat: {
    me: { id: 'agt_kim' },
    agent: () => ({ name: 'Noor' }),
    api: { offers: async () => around.mine, answerOffer: around.answer, conversation: async (id: string) => ({ id, contact: {} }) },
    hear: (heard: (frame: Frame) => void) => {
      around.hear = heard;
      return () => (around.hear = undefined);
    },
  },
}));

const offer = (n: number): Offer => ({ id: `ofr_${n}`, conversation: `cnv_${n}`, inbox: 'inb_1', until: `2026-03-02T09:00:${10 + n}.000Z` });

let stop: () => void;
beforeEach(() => {
  vi.useFakeTimers();
  for (const spy of [around.answer, around.open, around.toast, around.complain]) spy.mockClear();
  around.mine = { items: [], load: 0, capacity: 4 };
  stop = offers.start();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

const comes = async (frame: Frame) => (around.hear!(frame), await settle());

it('shows what runs out first, and takes away what is over', async () => {
  await comes({ type: 'signal', kind: 'offer', offer: offer(2) });
  await comes({ type: 'signal', kind: 'offer', offer: offer(1) });
  expect(offers.items.map((item) => item.id)).toEqual(['ofr_1', 'ofr_2']);
  expect(offers.rows['cnv_1']).toBeDefined();
  await comes({ type: 'signal', kind: 'offerGone', id: 'ofr_1', conversation: 'cnv_1' });
  expect(offers.first?.id).toBe('ofr_2');
  expect(around.toast).not.toHaveBeenCalled();
});

it('says who has it where a colleague was faster', async () => {
  await comes({ type: 'signal', kind: 'offer', offer: offer(1) });
  await comes({ type: 'signal', kind: 'offerGone', id: 'ofr_1', conversation: 'cnv_1', agent: 'agt_noor' });
  expect(around.toast).toHaveBeenCalledWith('offer.taken');
});

it('names who has what was answered too late', async () => {
  around.answer.mockRejectedValueOnce(Problem.of(409, JSON.stringify({ code: 'offer.over', holder: { kind: 'agent', id: 'agt_noor', name: 'Noor' } }), null));
  expect(await offers.answer(offer(1), 'accept')).toBe(false);
  expect(around.toast).toHaveBeenCalledWith('offer.has Noor', { tone: 'broken' });
  expect(around.complain).not.toHaveBeenCalled();
  around.answer.mockRejectedValueOnce(Problem.of(409, JSON.stringify({ code: 'offer.over', holder: { kind: 'queue' } }), null));
  await offers.answer(offer(1), 'accept');
  expect(around.complain).toHaveBeenCalledTimes(1);
});

it('opens what is accepted, and what is passed on goes without a word', async () => {
  await comes({ type: 'signal', kind: 'offer', offer: offer(1) });
  await offers.answer(offer(1), 'accept');
  expect(around.answer).toHaveBeenCalledWith('ofr_1', 'accept');
  expect(around.open).toHaveBeenCalledWith('cnv_1');
  expect(offers.items).toEqual([]);
  await offers.answer(offer(2), 'decline');
  expect(around.open).toHaveBeenCalledTimes(1);
});

it('believes the server about what is asked and how much one has', async () => {
  around.mine = { items: [offer(3)], load: 1.33, capacity: 6 };
  await comes({ type: 'hello', cursor: 'c', me: { kind: 'agent', id: 'agt_kim' }, beatSeconds: 15 });
  await vi.advanceTimersByTimeAsync(1_000);
  expect([offers.load, offers.capacity, offers.first?.id]).toEqual([1.33, 6, 'ofr_3']);
});

it('says why an answer came too late', async () => {
  around.answer.mockRejectedValueOnce(new Error('offer.over'));
  await offers.answer(offer(1), 'accept');
  expect(around.complain).toHaveBeenCalled();
  expect(around.open).not.toHaveBeenCalled();
});
