import type { Entry, Id, Mark, Thread } from '$client';

/** What the rows of the visitor's threads become, without asking the server. */

/** `text` is what the entry says in one line. */
export function heard(row: Thread, entry: Entry, text: string): Thread {
  const next: Thread = { ...row };
  const newest = entry.seq > row.lastSeq;
  if (newest) {
    next.lastSeq = entry.seq;
    next.lastEntryAt = entry.at;
  }
  if (entry.type === 'modeChanged') next.mode = entry.to ?? row.mode;
  if (entry.type === 'closed') next.status = 'closed';
  if (entry.type === 'reopened') next.status = 'open';
  if (!isWord(entry)) return next;
  if (newest) {
    next.lastMessageSeq = entry.seq;
    next.preview = { text, author: entry.author, type: 'message' };
  }
  if (entry.author.kind === 'contact') return seen(next, entry.seq);
  next.unread = row.unread + 1;
  const { kind, ...who } = entry.author;
  if (kind === 'agent' && who.name && !row.agents.some((agent) => agent.id === who.id)) next.agents = [who as Thread['agents'][number], ...row.agents];
  return next;
}

export function isWord(entry: Entry): boolean {
  return entry.type === 'message' && !entry.redacted;
}

/** The visitor has seen so far, here or on another device. Only the end is known to leave nothing unread. */
export function seen(row: Thread, seq: number): Thread {
  return seq <= row.seen ? row : { ...row, seen: seq, unread: seq >= row.lastMessageSeq ? 0 : row.unread };
}

/** The row of a conversation that has just been opened; what the server says of it counts. */
export function opened(conversation: Partial<Thread> & { id: Id }, entry: Entry, text: string): Thread {
  return {
    status: 'open', mode: 'messaging', createdAt: entry.at, lastEntryAt: entry.at, seen: entry.seq, unread: 0, agents: [], lastSeq: entry.seq,
    lastMessageSeq: entry.seq, ...conversation, preview: { text, author: entry.author, type: 'message' },
  };
}

/** The server's list; a row that the stream has brought further than whoever wrote the list was then stays as it is. */
export function caught(rows: readonly Thread[], list: readonly Thread[]): Thread[] {
  return list.map((row) => rows.find((ours) => ours.id === row.id && ours.lastSeq > row.lastSeq) ?? row);
}

export function newestFirst(rows: readonly Thread[]): Thread[] {
  return [...rows].sort((a, b) => (a.lastEntryAt < b.lastEntryAt ? 1 : -1));
}

/** What stands beside the launcher. */
export function badge(rows: readonly Thread[]): { count: number; text?: string } {
  const count = rows.reduce((sum, row) => sum + row.unread, 0);
  const said = rows.find((row) => row.unread > 0)?.preview;
  const text = said && [said.author.name, said.text].filter(Boolean).join(': ');
  return { count, ...(text && { text }) };
}

const far = (mark: Mark) => (mark.kind === 'seen' ? mark.seq : mark.message);

/** The newest marks of all threads, for those that are opened later: the stream tells them once, at its hello. */
export class Marks {
  readonly #kept = new Map<string, Mark>();

  keep(mark: Mark): void {
    const what = mark.kind === 'seen' ? `${mark.participant.kind}:${mark.participant.id}` : mark.state === 'failed' ? mark.message : mark.state;
    const key = `${mark.conversation}/${what}`;
    const known = this.#kept.get(key);
    if (known && far(known) > far(mark)) return;
    this.#kept.set(key, mark);
  }

  of(conversation: Id): Mark[] {
    return [...this.#kept.values()].filter((mark) => mark.conversation === conversation);
  }
}
