import { fold, ThreadLog, type Entry, type Frame, type Id, type Item, type Summary } from '$client';
import { seat } from '../../app/seat.svelte';
import { lists } from '../inbox';
import { watches } from '../supervision/watching.svelte';
import { Plans, type Plan } from './plans';

const page = 60;
const seenPause = 500;

/** One conversation as this screen holds it: the log of it, the row of it, and how far both are loaded. */
export class Opened {
  summary = $state.raw<Summary>();
  items = $state.raw<readonly Item[]>([]);
  /** At least one page is here. */
  loaded = $state(false);
  failed = $state<'missing' | 'network'>();
  loadingOlder = $state(false);
  /** The last page that was asked for did not come; nobody scrolls further up than the top to ask again. */
  olderFailed = $state(false);
  more = $state(false);
  /** What I had seen when I opened it: the line "new" stands after it for as long as it stays open. */
  seenBefore = $state<number>();
  typing = $state.raw<{ name: string; text?: string; colleague?: boolean }[]>([]);
  /** Rises with every mark, which changes states of messages but no item. */
  marks = $state(0);
  /** What is to be sent later. */
  waiting = $state.raw<readonly Plan[]>([]);
  readonly log: ThreadLog;
  readonly #plans = new Plans();
  #seenSent = 0;
  #seenSoon: ReturnType<typeof setTimeout> | undefined;
  #seenAt = 0;
  #filling = false;
  #older: Promise<boolean> | undefined;

  constructor(readonly id: Id) {
    const me = seat.me!;
    this.log = new ThreadLog(id, { side: 'agent', id: me.id, name: me.name });
    this.summary = lists.find(id);
  }

  /** First load and coming back are the same path: the row, and what is newer than what is here. */
  async load() {
    this.failed = undefined;
    try {
      const after = this.log.lastSeq;
      const [summary, timeline, plans] = await Promise.all([
        seat.api.conversation(this.id),
        seat.api.timeline(this.id, after ? { after, limit: 500 } : { limit: page }),
        // Who planned it may have done so long before what is read here begins. A thread opens without.
        seat.api.answering.scheduled(this.id).catch(() => []),
      ]);
      this.#learn(summary);
      this.#plan(plans);
      this.#take(timeline.items);
      if (!after) this.more = timeline.more;
      else if (timeline.more) await this.fill();
      this.loaded = true;
      this.sync();
      if (this.olderFailed) void this.loadOlder();
    } catch (error) {
      const gone = (error as { status?: number }).status === 404;
      if (gone || !this.loaded) this.failed = gone ? 'missing' : 'network';
    }
  }

  /** One page further back; who asks while one is on its way waits for that one. */
  loadOlder(limit = page): Promise<boolean> {
    if (!this.more || !this.loaded) return Promise.resolve(false);
    this.#older ??= this.#fetchOlder(limit).finally(() => (this.#older = undefined));
    return this.#older;
  }

  async #fetchOlder(limit: number): Promise<boolean> {
    this.loadingOlder = true;
    this.olderFailed = false;
    try {
      const timeline = await seat.api.timeline(this.id, { before: this.log.firstSeq, limit });
      this.#take(timeline.items);
      this.more = timeline.more && timeline.items.length > 0;
      this.sync();
      return true;
    } catch {
      this.olderFailed = true;
      return false;
    } finally {
      this.loadingOlder = false;
    }
  }

  /** Loads back until this entry is here. */
  async reach(seq: number): Promise<boolean> {
    while (this.loaded && this.more && this.log.firstSeq > seq) if (!(await this.loadOlder(500))) break;
    return this.log.at(seq) !== undefined;
  }

  /** Reads what is missing between two stretches, as after a time without the line. */
  async fill() {
    if (this.#filling) return;
    this.#filling = true;
    try {
      for (let after = this.log.gap() ?? this.log.lastSeq, turns = 0; turns < 100; turns++) {
        const timeline = await seat.api.timeline(this.id, { after, limit: 500 });
        if (!this.#take(timeline.items) && !timeline.more) break;
        const gap = this.log.gap();
        if (gap === undefined && !timeline.more) break;
        after = gap ?? this.log.lastSeq;
      }
      this.sync();
    } catch {
      // The line that comes back says hello, and this is done again.
    } finally {
      this.#filling = false;
    }
  }

  add(entries: readonly Entry[]) {
    if (!this.#take(entries)) return;
    const before = this.summary;
    if (before) {
      const after = entries.reduce(fold<Summary>, before);
      if (after !== before) this.summary = after;
    }
    if (this.loaded && this.log.gap() !== undefined) void this.fill();
    this.sync();
  }

  take(frame: Frame) {
    if (frame.type === 'hello') {
      if (this.loaded) void this.load();
    } else if (frame.type === 'event') {
      if (frame.entry?.conversation === this.id) this.add([frame.entry]);
      else if (frame.summary?.id === this.id) this.#learn(frame.summary);
    } else if (frame.type === 'mark' && frame.conversation === this.id) {
      if (this.log.mark(frame)) this.marks++;
    } else if (frame.type === 'signal' && frame.kind === 'contact' && frame.conversation === this.id) {
      if (this.summary) this.summary = { ...this.summary, contact: frame.contact };
    } else if (frame.type === 'signal' && frame.kind === 'typing' && frame.conversation === this.id) {
      this.log.signal(frame, Date.now());
      this.settle();
    }
  }

  /** A signal of typing that nobody took back is over by itself. */
  settle() {
    const now = this.log.typing(Date.now()).map(({ author, text }) => ({ name: author.name ?? this.summary?.contact.name ?? '', ...(text ? { text } : {}), colleague: author.kind === 'agent' }));
    if (now.length || this.typing.length) this.typing = now;
  }

  /** The row as it will be once the server agrees. */
  foresee(change: Partial<Summary>): () => void {
    const before = this.summary;
    if (!before) return () => undefined;
    this.summary = { ...before, ...change };
    const undoRow = lists.find(this.id) ? lists.foresee({ ...lists.find(this.id)!, ...change }) : () => undefined;
    return () => {
      this.summary = before;
      undoRow();
    };
  }

  /** Everything up to here was on the screen of somebody who looked. */
  sawUpTo(seq: number) {
    const known = Math.max(this.#seenSent, this.summary?.seen ?? 0, lists.find(this.id)?.seen ?? 0);
    // Who only watches has read nothing: the customer would see it.
    if (seq <= known || !this.loaded || watches(this.summary?.holder.id)) return;
    this.#seenSent = seq;
    lists.seen(this.id, seq);
    // Whoever reads along while much comes says so twice a second, not with every word.
    this.#seenSoon ??= setTimeout(() => this.#tellSeen(known), Math.max(0, this.#seenAt + seenPause - Date.now()));
  }

  #tellSeen(known: number) {
    this.#seenSoon = undefined;
    this.#seenAt = Date.now();
    const seq = this.#seenSent;
    seat.api.seen(this.id, seq).catch(() => {
      if (this.#seenSent === seq) this.#seenSent = known;
    });
  }

  sync() {
    this.items = this.#plans.draw(this.log.items);
    this.settle();
  }

  #take(entries: readonly Entry[]): boolean {
    this.#plan(entries);
    return this.log.add(entries);
  }

  #plan(entries: readonly Entry[]) {
    if (this.#plans.add(entries)) this.waiting = this.#plans.waiting;
  }

  #learn(summary: Summary) {
    if (this.summary && this.summary.lastSeq > summary.lastSeq) return;
    const seen = Math.max(summary.seen ?? 0, this.summary?.seen ?? 0, lists.find(this.id)?.seen ?? 0);
    this.summary = { ...summary, seen };
    this.seenBefore ??= seen;
  }
}
