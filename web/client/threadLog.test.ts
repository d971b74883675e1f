import { describe, expect, it } from 'vitest';
import type { Job } from './outbox';
import { ThreadLog, typingMs, type Viewer } from './threadLog';
import type { Entry, Mark } from './types';
import { ana, cnv, entry, kim, noor, said, shuffled } from './test/cast';

const asAna: Viewer = { side: 'visitor', id: 'con_ana', name: 'Ana' };
const asKim: Viewer = { side: 'agent', id: 'agt_kim', name: 'Kim' };

function log(entries: Entry[], viewer = asKim): ThreadLog {
  const made = new ThreadLog(cnv, viewer);
  made.add(entries);
  return made;
}

const texts = (thread: ThreadLog) => thread.items.map((item) => item.content?.text ?? item.gone ?? item.entry.type);

function job(text: string, more: Partial<Job> = {}): Job {
  return {
    clientId: `id-${text}`, kind: 'message', conversation: cnv, content: { type: 'text', text }, attachments: [], at: 0, state: 'sending', attempts: 0, ...more,
  };
}

const seen = (kind: 'contact' | 'agent', id: string, seq: number): Mark => ({ type: 'mark', conversation: cnv, kind: 'seen', participant: { kind, id }, seq, at: '' });
const delivered = (message: number, state: 'sent' | 'delivered' | 'failed' = 'delivered'): Mark => ({ type: 'mark', conversation: cnv, kind: 'delivery', message, state, at: '' });

const story: Entry[] = [
  entry(1, 'opened', ana, { visibility: 'internal' }),
  said(2, ana, 'Is the jacket back in red?'),
  said(3, kim, 'Tomorrow'),
  entry(4, 'edited', kim, { of: 3, content: { type: 'text', text: 'On Friday' } }),
  entry(5, 'reacted', ana, { of: 3, emoji: '👍', on: true }),
  entry(6, 'note', noor, { text: 'She asked before', visibility: 'internal' }),
  said(7, ana, 'wrong window'),
  entry(8, 'deleted', ana, { of: 7 }),
  entry(9, 'reacted', noor, { of: 3, emoji: '👍', on: true }),
  entry(10, 'reacted', ana, { of: 3, emoji: '👍', on: false }),
  said(11, ana, 'Thanks'),
];

describe('folding', () => {
  it('shows each entry as it stands now', () => {
    const thread = log(story);
    expect(thread.at(3)).toMatchObject({ content: { text: 'On Friday' }, editedAt: story[3]!.at, mine: true });
    expect(thread.at(3)!.reactions).toEqual([{ emoji: '👍', by: [noor], mine: false }]);
    expect(thread.at(7)).toMatchObject({ gone: 'deleted' });
    expect(thread.at(7)!.content).toBeUndefined();
    expect(thread.at(6)).toMatchObject({ content: { text: 'She asked before' }, mine: false });
  });

  it('comes to the same whatever the order, the pieces and the repeats', () => {
    const whole = log(story).items;
    for (let seed = 1; seed <= 60; seed++) {
      const thread = new ThreadLog(cnv, asKim);
      const order = shuffled([...story, ...story.slice(seed % 7)], seed);
      while (order.length) thread.add(order.splice(0, 1 + (seed % 4)));
      expect(thread.items).toEqual(whole);
    }
  });

  it('puts a whole older page in front of what is there', () => {
    const long = Array.from({ length: 300 }, (_, i) => said(i + 1, i % 2 ? kim : ana, `m${i + 1}`));
    const thread = log(long.slice(200));
    thread.add(long.slice(100, 200));
    thread.add(long.slice(0, 100));
    expect(thread.items).toEqual(log(long).items);
    expect([thread.firstSeq, thread.lastSeq]).toEqual([1, 300]);
  });

  it('keeps the objects of what did not change, so that a screen redraws one row', () => {
    const thread = log(story);
    const before = [...thread.items];
    expect(thread.add(story)).toBe(false);
    expect(thread.items).toEqual(before);
    thread.add([entry(12, 'reacted', kim, { of: 11, emoji: '🎉', on: true })]);
    const changed = before.filter((item, index) => thread.items[index] !== item).map((item) => item.seq);
    expect(changed).toEqual([11]);
    expect(thread.at(11)!.reactions).toEqual([{ emoji: '🎉', by: [kim], mine: true }]);
  });

  it('lets an edit replace the words and keep what was quoted and carried', () => {
    const file = { id: 'fil_1', name: 'a.png', size: 1, mime: 'image/png' };
    const thread = log([
      said(1, ana, 'x'),
      entry(2, 'message', kim, { content: { type: 'image', text: 'old', quote: 1, files: [file] } }),
      entry(3, 'edited', kim, { of: 2, content: { type: 'image', text: 'new' } }),
    ]);
    expect(thread.at(2)!.content).toEqual({ type: 'image', text: 'new', quote: 1, files: [file] });
  });

  it('takes away what was redacted or erased, also when it is read again later', () => {
    const thread = log(story);
    thread.add([entry(12, 'redacted', noor, { of: 11, reason: 'card', visibility: 'internal' })]);
    expect(thread.at(11)).toMatchObject({ gone: 'redacted' });
    thread.add([{ ...said(2, ana, ''), content: undefined, redacted: 'redacted' } as Entry]);
    expect(thread.at(2)).toMatchObject({ gone: 'redacted' });
    thread.add([said(2, ana, 'Is the jacket back in red?')]);
    expect(thread.at(2)!.content).toBeUndefined();
    thread.add([entry(13, 'erased', noor, { reason: 'asked' })]);
    expect(thread.items.filter((item) => item.content)).toEqual([]);
  });

  it('takes fresh addresses of files from a later reading', () => {
    const file = (url: string) => ({ id: 'fil_1', name: 'a.png', size: 1, mime: 'image/png', url });
    const thread = log([entry(1, 'message', kim, { content: { type: 'image', files: [file('/old')] } })]);
    thread.add([entry(1, 'message', kim, { content: { type: 'image', files: [file('/new')] } })]);
    expect(thread.at(1)!.content!.files![0]!.url).toBe('/new');
  });

  it('ignores other conversations and survives types it does not know', () => {
    const thread = log([said(1, ana, 'a'), { ...said(2, ana, 'b'), type: 'promised' } as unknown as Entry]);
    expect(thread.add([{ ...said(3, ana, 'c'), conversation: 'cnv_other' }])).toBe(false);
    expect(thread.items).toHaveLength(2);
  });
});

describe('gaps', () => {
  it('are seen by agents in seq', () => {
    const thread = log([...story.slice(0, 4), ...story.slice(6)]);
    expect(thread.gap()).toBe(4);
    thread.add(story.slice(4, 6));
    expect(thread.gap()).toBeUndefined();
  });

  it('are seen by visitors in prev, for they are not shown what is internal', () => {
    const open = [said(2, ana, 'a'), said(5, kim, 'b', { prev: 2 }), said(9, kim, 'c', { prev: 7 })];
    const thread = log(open, asAna);
    expect(thread.gap()).toBe(5);
    thread.add([said(7, ana, 'between', { prev: 5 })]);
    expect(thread.gap()).toBeUndefined();
    expect(texts(thread)).toEqual(['a', 'b', 'between', 'c']);
  });
});

describe('messages on their way', () => {
  it('stand at the end and become the stored entry without changing their key', () => {
    const thread = log([said(1, ana, 'hello')], asAna);
    thread.sending([job('one'), job('two')]);
    expect(texts(thread)).toEqual(['hello', 'one', 'two']);
    expect(thread.items.map((item) => thread.delivery(item))).toEqual(['sent', 'sending', 'sending']);
    const keys = thread.items.map((item) => item.key);
    thread.add([said(2, ana, 'one', { clientId: 'id-one' })]);
    expect(texts(thread)).toEqual(['hello', 'one', 'two']);
    expect(thread.items.map((item) => item.key)).toEqual(keys);
    thread.sending([job('two')]);
    thread.add([said(3, ana, 'two', { clientId: 'id-two' })]);
    thread.sending([]);
    expect(thread.items.map((item) => [item.key, item.seq, item.job])).toEqual(keys.map((key, i) => [key, i + 1, undefined]));
  });

  it('keep their object while only others change', () => {
    const thread = log([], asAna);
    const [one, two] = [job('one'), job('two')];
    thread.sending([one, two]);
    const before = thread.items[0];
    thread.sending([one, { ...two, progress: 0.5 }]);
    expect(thread.items[0]).toBe(before);
    expect(thread.items[1]!.job!.progress).toBe(0.5);
  });

  it('show a refused one as failed, and a note as internal', () => {
    const thread = log([], asKim);
    thread.sending([job('one', { state: 'failed' }), job('two', { kind: 'note' })]);
    expect(thread.delivery(thread.items[0]!)).toBe('failed');
    expect(thread.items[1]!.entry).toMatchObject({ type: 'note', visibility: 'internal', text: 'two', author: kim });
  });
});

describe('marks', () => {
  it('only move forward, and what has arrived or was read counts for everything before', () => {
    const thread = log([said(1, ana, 'a'), said(2, ana, 'b'), said(3, ana, 'c')], asAna);
    const states = () => thread.items.map((item) => thread.delivery(item));
    expect(thread.mark(delivered(2))).toBe(true);
    expect([thread.mark(delivered(2, 'sent')), thread.mark(delivered(1)), thread.mark(delivered(2, 'failed'))]).toEqual([false, false, false]);
    expect(states()).toEqual(['delivered', 'delivered', 'sent']);
    expect(thread.mark(seen('agent', 'agt_kim', 2))).toBe(true);
    expect(thread.mark(seen('agent', 'agt_kim', 1))).toBe(false);
    expect(states()).toEqual(['read', 'read', 'sent']);
    thread.mark(delivered(3, 'failed'));
    expect(states()).toEqual(['read', 'read', 'failed']);
    expect(thread.mark(delivered(3))).toBe(true);
    expect(states()).toEqual(['read', 'read', 'delivered']);
  });

  it('do not take another reader of the same side for the other side', () => {
    const thread = log([said(1, kim, 'a')], asKim);
    thread.mark(seen('agent', 'agt_noor', 1));
    expect(thread.delivery(thread.items[0]!)).toBe('sent');
    expect([thread.seenBy(), thread.seenBy('agent'), thread.seenBy('contact')]).toEqual([0, 1, 0]);
    thread.mark(seen('agent', 'agt_kim', 1));
    expect(thread.seenBy()).toBe(1);
    thread.mark(seen('contact', 'con_ana', 1));
    expect(thread.delivery(thread.items[0]!)).toBe('read');
  });
});

describe('typing', () => {
  const types = (on: boolean, author = kim) => ({ type: 'signal' as const, kind: 'typing' as const, conversation: cnv, on, author });

  it('ends when said so, with the message, and by itself', () => {
    const thread = log([said(1, ana, 'a')], asAna);
    thread.signal(types(true), 0);
    thread.signal(types(true, noor), 1_000);
    expect(thread.typing(1_000).map((typist) => typist.author.name)).toEqual(['Kim', 'Noor']);
    thread.signal(types(false, noor), 1_500);
    expect(thread.typing(2_000)).toHaveLength(1);
    thread.add([said(2, kim, 'b', { prev: 1 })]);
    expect(thread.typing(2_000)).toEqual([]);
    thread.signal(types(true), 3_000);
    expect(thread.typing(3_000 + typingMs)).toEqual([]);
  });

  it('is never about oneself', () => {
    const thread = log([], asKim);
    thread.signal(types(true), 0);
    expect(thread.typing(1)).toEqual([]);
  });
});

it('lets go of what lies before a gap, and takes it again', () => {
  const thread = log([said(2, ana, 'old'), said(900, kim, 'new', { prev: 899 })], asAna);
  expect(thread.gap()).toBe(2);
  thread.forget(900);
  expect(texts(thread)).toEqual(['new']);
  expect(thread.gap()).toBeUndefined();
  thread.add([said(899, ana, 'between', { prev: 2 }), said(2, ana, 'old')]);
  expect(texts(thread)).toEqual(['old', 'between', 'new']);
});

it('gives every item a key of its own, even where one command left two entries', () => {
  const thread = log([], asAna);
  thread.sending([job('twice')]);
  thread.add([said(2, ana, 'twice', { clientId: 'id-twice' }), said(3, ana, 'twice', { clientId: 'id-twice' })]);
  expect(thread.items.map((item) => item.key)).toEqual(['cid-twice', 's3']);
});

it('takes a message in a thread of 30,000 without going through all of it', () => {
  const long = Array.from({ length: 30_000 }, (_, i) => said(i + 1, i % 2 ? kim : ana, `m${i}`));
  const [short, thread] = [log(long.slice(0, 3_000)), log(long)];
  const before = [...thread.items];
  const took = (one: ThreadLog) => {
    const from = performance.now();
    for (let i = 0; i < 50; i++) {
      one.add([said(one.lastSeq + 1, ana, 'more')]);
      one.gap();
    }
    return performance.now() - from;
  };
  took(short);
  took(thread);
  // Ten times as long may cost the copying of ten times as many pointers, and nothing near a message's work for each; generous, for the machine is shared.
  expect(took(thread)).toBeLessThan(took(short) * 60 + 500);
  expect(thread.items).toHaveLength(30_100);
  expect(before.every((item, index) => thread.items[index] === item)).toBe(true);
});
