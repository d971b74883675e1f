import type { Author, Content, Entry, EntryType, Bodies, Summary } from '../types';

export const cnv = 'cnv_thread';
export const ana: Author = { kind: 'contact', id: 'con_ana', name: 'Ana' };
export const kim: Author = { kind: 'agent', id: 'agt_kim', name: 'Kim' };
export const noor: Author = { kind: 'agent', id: 'agt_noor', name: 'Noor' };
const start = Date.parse('2026-03-05T09:00:00.000Z');

/** An entry of Ana's conversation, a minute after the one before. */
export function entry<T extends EntryType>(seq: number, type: T, author: Author, body: Partial<Bodies[T]> & Partial<Entry> = {}): Entry {
  const at = new Date(start + seq * 60_000).toISOString();
  return { conversation: cnv, seq, at, type, author, visibility: 'public', ...body } as Entry;
}

export function said(seq: number, author: Author, text: string, more: Partial<Entry> = {}): Entry {
  const content: Content = { type: 'text', text };
  return entry(seq, 'message', author, { content, ...more } as Partial<Bodies['message']>);
}

export function row(id: string, minute: number, more: Partial<Summary> = {}): Summary {
  return {
    id, contact: { id: 'con_ana', name: 'Ana' }, inbox: 'inb_shop', status: 'open', mode: 'messaging', holder: { kind: 'nobody' }, priority: 'normal',
    labels: [], lastSeq: minute, lastMessageSeq: minute, lastEntryAt: new Date(start + minute * 60_000).toISOString(), channel: 'web', ...more,
  };
}

/** Lets everything that is already settled run on. */
export async function settle(turns = 20): Promise<void> {
  for (let i = 0; i < turns; i++) await Promise.resolve();
}

/** The same shuffle for the same seed. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const out = [...items];
  let state = seed || 1;
  for (let i = out.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const j = state % (i + 1);
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}
