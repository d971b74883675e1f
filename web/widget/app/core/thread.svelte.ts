import { Problem, ThreadLog, isNew, type Entry, type Id, type Item, type Job, type Mark, type TypingSignal, type Viewer, type VisitorApi } from '$client';
import type { Keeping } from './keeping';

const page = 50;
const kept = 100;
/** Up to here a gap is filled; what lies before a wider one is read when somebody scrolls there. */
const wide = 500;

interface Surroundings {
  api: VisitorApi;
  /** Absent where nothing stays of a thread once it is left: then what was said there is not kept here either. */
  keeping?: Keeping | undefined;
  viewer: Viewer;
}

/** One conversation as this screen holds it. */
export class OpenThread {
  items = $state.raw<readonly Item[]>([]);
  typing = $state.raw<readonly { name: string }[]>([]);
  /** Rises with every mark, which changes ticks but no item. */
  marks = $state.raw(0);
  /** At least what was kept from last time is here. */
  loaded = $state.raw(false);
  loadingOlder = $state.raw(false);
  more = $state.raw(false);
  /** Why the last page that was asked for did not come. */
  problem = $state.raw<Problem>();
  readonly log: ThreadLog;
  #filling = false;
  #older: Promise<void> | undefined;
  #seenSent = 0;
  #keepTimer: ReturnType<typeof setTimeout> | undefined;
  #typingTimer: ReturnType<typeof setTimeout> | undefined;

  readonly #around: Surroundings;

  constructor(
    readonly id: Id,
    /** What the visitor had seen when they came in: the line "new" stands after it until they leave. */
    readonly seenBefore: number,
    around: Surroundings,
  ) {
    this.#around = around;
    this.log = new ThreadLog(id, around.viewer);
    this.loaded = isNew(id);
  }

  /** What was kept, at once; then the newest page, which also brings what was taken away meanwhile and fresh addresses of files. */
  async load(): Promise<void> {
    if (isNew(this.id)) return;
    if (!this.loaded) {
      const entries = await this.#around.keeping?.history(this.id);
      if (entries?.length) this.add(entries, false);
      // What was kept ends somewhere; where it does is no beginning.
      this.more = this.#reachesFurther;
    }
    try {
      const { items, more } = await this.#around.api.timeline(this.id, { limit: page });
      // Where the server's begins is the beginning: of what lies before it nothing is left.
      if (!more) this.log.forget(items[0]?.seq ?? Infinity);
      this.add(items);
      this.#show();
      this.#keepSoon();
      this.more = more && this.#reachesFurther;
      this.loaded = true;
      this.problem = undefined;
    } catch (error) {
      this.problem = error as Problem;
    }
  }

  /** One page further back; who asks while one is on its way waits for that one. */
  older(): Promise<void> {
    return this.more ? (this.#older ??= this.#fetchOlder()) : Promise.resolve();
  }

  async #fetchOlder(): Promise<void> {
    this.problem = undefined;
    this.loadingOlder = true;
    try {
      const { items, more } = await this.#around.api.timeline(this.id, { before: this.log.firstSeq, limit: page });
      this.add(items, false);
      this.more = more && items.length > 0;
    } catch (error) {
      this.problem = error as Problem;
    } finally {
      this.loadingOlder = false;
      this.#older = undefined;
    }
  }

  /** Loads back to an entry that is quoted. */
  async reach(seq: number): Promise<boolean> {
    for (let came = true; came && !this.log.at(seq) && this.more && this.log.firstSeq > seq; came = !this.problem) await this.older();
    return this.log.at(seq) !== undefined;
  }

  add(entries: readonly Entry[], keep = true): void {
    if (!this.log.add(entries)) return;
    this.loaded = true;
    this.#show();
    if (keep) this.#keepSoon();
    if (this.log.gap() !== undefined) void this.#fill();
  }

  sending(jobs: readonly Job[]): void {
    this.log.sending(jobs.filter((job) => job.conversation === this.id));
    this.#show();
  }

  mark(mark: Mark): void {
    if (this.log.mark(mark)) this.marks++;
  }

  signal(signal: TypingSignal): void {
    this.log.signal(signal, Date.now());
    this.#show();
  }

  /** Tells the server how far the visitor has really seen. */
  async see(seq: number): Promise<boolean> {
    if (seq <= this.#seenSent || isNew(this.id)) return false;
    const before = this.#seenSent;
    this.#seenSent = seq;
    try {
      await this.#around.api.seen(this.id, seq);
      return true;
    } catch {
      // The next look tells it.
      this.#seenSent = Math.min(this.#seenSent, before);
      return false;
    }
  }

  /** The stream was cut or came out of order: fetch what lies between, until nothing does. */
  async #fill(): Promise<void> {
    if (this.#filling) return;
    this.#filling = true;
    try {
      // An answer of our own may overtake the stream by a moment; then there is nothing to fetch.
      await new Promise((resolve) => setTimeout(resolve, 250));
      for (let after = this.log.gap(); after !== undefined; ) {
        const beyond = this.log.items.find((item) => item.seq > after!)!.seq;
        if (beyond - after > wide) {
          this.log.forget(beyond);
          this.more = true;
        } else this.log.add((await this.#around.api.timeline(this.id, { after, limit: wide })).items);
        const next = this.log.gap();
        if (next === after) break;
        after = next;
      }
      this.#show();
    } catch {
      // Without a network: the stream's return brings it.
    } finally {
      this.#filling = false;
    }
  }

  get #reachesFurther(): boolean {
    return this.log.items[0]?.entry.prev !== undefined;
  }

  #show(): void {
    this.items = this.log.items;
    const typists = this.log.typing(Date.now());
    this.typing = typists.map((typist) => ({ name: typist.author.name ?? '' }));
    clearTimeout(this.#typingTimer);
    if (typists.length) this.#typingTimer = setTimeout(() => this.#show(), 1_000);
  }

  #keepSoon(): void {
    clearTimeout(this.#keepTimer);
    this.#keepTimer = setTimeout(() => this.#around.keeping?.keepHistory(this.id, this.log.all().slice(-kept)), 400);
  }
}
