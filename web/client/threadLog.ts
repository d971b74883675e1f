import type { Author, Content, DeliveryMark, Entry, EntryOf, Id, Mark, StoredFile, TypingSignal } from './types';
import type { Job } from './outbox';

export type Delivery = 'sending' | 'sent' | 'delivered' | 'read' | 'failed';

export interface Reaction {
  emoji: string;
  by: Author[];
  mine: boolean;
}

/** One thing to draw: an entry with everything that later entries said about it, or a message still on its way. */
export interface Item {
  /** Stays the same from the optimistic message to the stored one, so that nothing on the screen is made anew. */
  key: string;
  /** 0 while it is on its way. */
  seq: number;
  entry: Entry;
  /** Of a message or note: as it stands now, edits included; absent once it is gone. */
  content?: Content;
  editedAt?: string;
  /** Why the content is gone. */
  gone?: 'deleted' | 'redacted' | 'erased';
  reactions: Reaction[];
  /** Written by me (this visitor on any device, or this agent). */
  mine: boolean;
  /** The job in the outbox while it is on its way or has failed. */
  job?: Job;
}

export interface Viewer {
  /** Visitors see public entries only, chained by `prev`; agents see all, chained by `seq`. */
  side: 'visitor' | 'agent';
  id: Id;
  name?: string;
}

/** Only words can be changed: what was asked and answered stays as it was. */
export const changeable = (content: Content | undefined): boolean => Boolean(content?.text && !content.choice && /^(text|image|file)$/.test(content.type));

type About = EntryOf<'edited'> | EntryOf<'deleted'> | EntryOf<'reacted'> | EntryOf<'redacted'>;

/** A typing signal without a successor is over after this long. */
export const typingMs = 7_000;

/**
 * A conversation as one screen sees it. First load, older pages, live frames and resume all come in through `add`: in any order, any number
 * of times, with the same result. `items` is a new array whenever something changed, and an item a new object when it did.
 */
export class ThreadLog {
  items: readonly Item[] = [];
  /** Older entries exist on the server. */
  more = true;
  #stored: Item[] = [];
  #jobs: readonly Job[] = [];
  readonly #entries = new Map<number, Entry>();
  readonly #about = new Map<number, About[]>();
  readonly #seen = new Map<string, { kind: string; seq: number; at: string }>();
  /** What has reached the other side has all that was before it; what could not be delivered is told one by one. */
  #delivered = 0;
  readonly #failed = new Set<number>();
  readonly #typists = new Map<string, { author: Author; text?: string; until: number }>();
  /** Where each command arrived: the first entry of it, for a key that nothing else has. */
  readonly #arrived = new Map<string, number>();
  #erasedAt = 0;

  constructor(
    readonly conversation: Id,
    readonly viewer: Viewer,
  ) {}

  get lastSeq(): number {
    return this.#stored.at(-1)?.seq ?? 0;
  }

  get firstSeq(): number {
    return this.#stored[0]?.seq ?? 0;
  }

  /** Adds entries as they come; false when there was nothing new in them. */
  add(entries: readonly Entry[]): boolean {
    const fresh = entries.filter((entry) => entry.conversation === this.conversation && this.#isNews(entry));
    if (fresh.length === 0) return false;
    const touched = new Set<number>();
    for (const entry of fresh) {
      this.#entries.set(entry.seq, entry);
      if (entry.clientId && !this.#arrived.has(entry.clientId)) this.#arrived.set(entry.clientId, entry.seq);
      touched.add(entry.seq);
      this.#relate(entry, touched);
      this.#typists.delete(key(entry.author));
    }
    this.#restore(touched);
    return true;
  }

  /** Lets go of what is older: it can be read again. */
  forget(before: number): void {
    this.#stored = this.#stored.filter((item) => item.seq >= before);
    for (const seq of this.#entries.keys()) if (seq < before) this.#entries.delete(seq);
    this.#compose();
  }

  /** What the outbox still holds for this conversation, oldest first. */
  sending(jobs: readonly Job[]): void {
    this.#jobs = jobs;
    this.#compose();
  }

  mark(mark: Mark): boolean {
    if (mark.conversation !== this.conversation) return false;
    if (mark.kind === 'delivery') {
      if (!this.#delivers(mark)) return false;
    } else {
      const id = key(mark.participant);
      if ((this.#seen.get(id)?.seq ?? 0) >= mark.seq) return false;
      this.#seen.set(id, { kind: mark.participant.kind, seq: mark.seq, at: mark.at });
    }
    this.items = [...this.items];
    return true;
  }

  signal(signal: TypingSignal, now: number): void {
    if (signal.conversation !== this.conversation || this.#isMe(signal.author)) return;
    if (!signal.on) this.#typists.delete(key(signal.author));
    else this.#typists.set(key(signal.author), { author: signal.author, until: now + typingMs, ...(signal.text ? { text: signal.text } : {}) });
  }

  /** Who is writing at this moment. */
  typing(now: number): { author: Author; text?: string }[] {
    return [...this.#typists.values()].filter((typist) => typist.until > now);
  }

  /** The newest seq that a participant has seen; without a kind, my own. */
  seenBy(kind?: 'contact' | 'agent'): number {
    let newest = 0;
    for (const [id, mark] of this.#seen) {
      if (kind ? mark.kind === kind : id === key({ kind: this.viewer.side === 'visitor' ? 'contact' : 'agent', id: this.viewer.id })) {
        newest = Math.max(newest, mark.seq);
      }
    }
    return newest;
  }

  /** What became of a message of our side. */
  delivery(item: Item): Delivery {
    if (item.job) return item.job.state === 'failed' ? 'failed' : 'sending';
    if (this.#failed.has(item.seq)) return 'failed';
    if (this.seenBy(this.viewer.side === 'visitor' ? 'agent' : 'contact') >= item.seq) return 'read';
    return this.#delivered >= item.seq ? 'delivered' : 'sent';
  }

  /** The seq after which something is missing, if something is: fetch from there. */
  gap(): number | undefined {
    if (this.viewer.side === 'agent' && this.lastSeq - this.firstSeq < this.#stored.length) return undefined;
    let before = this.#stored[0]?.entry;
    for (const { entry } of this.#stored.slice(1)) {
      if (!this.#follows(entry, before!)) return before!.seq;
      before = entry;
    }
    return undefined;
  }

  at(seq: number): Item | undefined {
    const index = this.#find(seq);
    return this.#stored[index]?.seq === seq ? this.#stored[index] : undefined;
  }

  /** Everything stored, oldest first, for keeping. */
  all(): Entry[] {
    return this.#stored.map((item) => this.#entries.get(item.seq)!);
  }

  /** Marks only move forward: what has arrived no longer fails. */
  #delivers({ message, state }: DeliveryMark): boolean {
    if (state === 'failed') {
      if (this.#failed.has(message) || this.#delivered === message) return false;
      this.#failed.add(message);
      return true;
    }
    if (state !== 'delivered') return false;
    const late = this.#failed.delete(message);
    if (this.#delivered >= message) return late;
    this.#delivered = message;
    return true;
  }

  #follows(entry: Entry, before: Entry): boolean {
    return this.viewer.side === 'agent' ? entry.seq === before.seq + 1 : entry.prev === undefined || entry.prev <= before.seq;
  }

  /** A body that has since been taken away replaces the one we know; never the other way round. */
  #isNews(entry: Entry): boolean {
    const known = this.#entries.get(entry.seq);
    if (!known) return true;
    return known.redacted ? false : entry.redacted !== undefined || renewed(known, entry);
  }

  #relate(entry: Entry, touched: Set<number>): void {
    if (entry.type === 'erased') {
      this.#erasedAt = Math.max(this.#erasedAt, entry.seq);
      for (const seq of this.#entries.keys()) if (seq < entry.seq) touched.add(seq);
    }
    if (entry.type !== 'edited' && entry.type !== 'deleted' && entry.type !== 'reacted' && entry.type !== 'redacted') return;
    if (entry.of === undefined) return;
    const others = (this.#about.get(entry.of) ?? []).filter((other) => other.seq !== entry.seq);
    this.#about.set(entry.of, [...others, entry].sort((a, b) => a.seq - b.seq));
    touched.add(entry.of);
  }

  #restore(touched: Set<number>): void {
    const seqs = [...touched].filter((seq) => this.#entries.has(seq)).sort((a, b) => a - b);
    const next = this.#stored.slice();
    const first = seqs[0] ?? 0;
    // The common cases, at the end or a whole page in front, need no search for each.
    if (seqs.length > 50 || first < (next[0]?.seq ?? 0)) {
      const known = new Map(next.map((item) => [item.seq, item]));
      for (const seq of seqs) known.set(seq, this.#make(seq, known.get(seq)));
      this.#stored = [...known.values()].sort((a, b) => a.seq - b.seq);
    } else {
      this.#stored = next;
      for (const seq of seqs) {
        const index = this.#find(seq);
        const known = next[index]?.seq === seq;
        next.splice(index, known ? 1 : 0, this.#make(seq, known ? next[index] : undefined));
      }
    }
    this.#compose();
  }

  #make(seq: number, before: Item | undefined): Item {
    const entry = this.#entries.get(seq)!;
    const item: Item = {
      key: before?.key ?? (entry.clientId && this.#arrived.get(entry.clientId) === seq ? `c${entry.clientId}` : `s${seq}`),
      seq,
      entry,
      reactions: [],
      mine: this.#isMe(entry.author),
    };
    const content = contentOf(entry);
    if (content) item.content = content;
    // (What was planned and sent is no message; what becomes of it is the console's to draw.)
    if (entry.redacted) item.gone = entry.redacted as Item['gone'] & string;
    for (const about of this.#about.get(seq) ?? []) this.#amend(item, about);
    if (seq < this.#erasedAt && (content || item.gone)) item.gone = 'erased';
    if (item.gone) delete item.content;
    return item;
  }

  #amend(item: Item, about: About): void {
    if (about.type === 'deleted') item.gone = 'deleted';
    else if (about.type === 'redacted') item.gone = 'redacted';
    else if (about.type === 'edited') {
      if (about.redacted || !about.content || !item.content) return;
      // An edit speaks about the words; what it quoted and carried stays, unless the edit names it.
      item.content = { ...item.content, ...about.content };
      item.editedAt = about.at;
    } else if (about.emoji) item.reactions = react(item.reactions, about.emoji, about.author, about.on ?? true, this.#isMe(about.author));
  }

  #compose(): void {
    const waiting = this.#jobs.filter((job) => !this.#arrived.has(job.clientId)).map((job) => this.#waiting(job));
    this.items = waiting.length ? [...this.#stored, ...waiting] : this.#stored;
  }

  #waiting(job: Job): Item {
    const side = this.viewer.side;
    const known = this.items.findLast((item) => item.job === job);
    if (known) return known;
    const files: StoredFile[] = job.attachments.map((file) => ({
      id: file.id ?? '', name: file.name, size: file.size, mime: file.mime,
      ...(file.preview ? { url: file.preview } : {}), ...(file.width ? { width: file.width, height: file.height } : {}),
    }));
    const content: Content = { ...job.content, files };
    const entry = {
      conversation: this.conversation, seq: 0, at: new Date(job.at).toISOString(), clientId: job.clientId,
      author: { kind: side === 'visitor' ? 'contact' : 'agent', id: this.viewer.id, ...(this.viewer.name ? { name: this.viewer.name } : {}) },
      visibility: job.kind === 'note' ? 'internal' : 'public',
      ...(job.kind === 'note' ? { type: 'note', text: job.content.text ?? '', files } : { type: 'message', content, ...(job.of ? { of: job.of } : {}) }),
    } as Entry;
    return { key: `c${job.clientId}`, seq: 0, entry, content, reactions: [], mine: true, job };
  }

  /** A contact may have been merged and bear another id; on a visitor's screen every contact is the visitor. */
  #isMe(author: Author): boolean {
    return this.viewer.side === 'visitor' ? author.kind === 'contact' : author.kind === 'agent' && author.id === this.viewer.id;
  }

  /** The first index whose seq is not below. */
  #find(seq: number): number {
    let low = 0;
    let high = this.#stored.length;
    if (high && this.#stored[high - 1]!.seq < seq) return high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#stored[middle]!.seq < seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function key(person: { kind: string; id?: Id }): string {
  return `${person.kind}:${person.id ?? ''}`;
}

function contentOf(entry: Entry): Content | undefined {
  if (entry.redacted) return undefined;
  if (entry.type === 'message') return entry.content;
  if (entry.type !== 'note') return undefined;
  return { type: 'text', text: entry.text ?? '', ...(entry.files ? { files: entry.files } : {}), ...(entry.mentions ? { mentions: entry.mentions } : {}) };
}

/** The same entry read again brings new names and fresh addresses of files. */
function renewed(known: Entry, entry: Entry): boolean {
  return known.author.name !== entry.author.name || JSON.stringify(contentOf(known)?.files) !== JSON.stringify(contentOf(entry)?.files);
}

function react(reactions: Reaction[], emoji: string, author: Author, on: boolean, mine: boolean): Reaction[] {
  const found = reactions.find((reaction) => reaction.emoji === emoji);
  const others = (found?.by ?? []).filter((by) => key(by) !== key(author));
  const by = on ? [...others, author] : others;
  const reaction: Reaction = { emoji, by, mine: mine ? on : (found?.mine ?? false) };
  if (!found) return on ? [...reactions, reaction] : reactions;
  return reactions.map((other) => (other === found ? reaction : other)).filter((other) => other.by.length > 0);
}
