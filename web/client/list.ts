import type { Id, Page, Summary } from './types';
import type { ViewOrder } from './views';

/** Somebody other than the viewer has said something that the viewer has not seen. */
export function unread(row: Summary, me: Id): boolean {
  if (row.lastMessageSeq <= (row.seen ?? 0)) return false;
  return !(row.preview?.type === 'message' && row.preview.author.kind === 'agent' && row.preview.author.id === me);
}

/** Whether a row belongs to a view, as far as the row itself can tell; undefined where only the server knows. */
export function belongs(row: Summary, view: string, me: Id): boolean | undefined {
  const [kind, id] = view.split(/:(.*)/s) as [string, string | undefined];
  if (kind === 'spam') return row.spam === true;
  // What is spam is in no other list, whatever its status.
  if (row.spam) return false;
  const open = row.status !== 'closed';
  switch (kind) {
    case 'mine':
      return open && row.holder.kind === 'agent' && row.holder.id === me;
    case 'unassigned':
      return open && row.holder.kind !== 'agent' && row.holder.kind !== 'flow';
    case 'all':
      return open;
    case 'closed':
      return !open;
    case 'following':
      return open && row.followers?.includes(me) === true;
    case 'inbox':
      return open && row.inbox === id;
    case 'team':
      return open && row.team === id;
    default:
      return undefined;
  }
}

/** What was told of since a page was asked for, which may have been read before that: rows as they came, and of those that left how far they were known. */
export type Told = Map<Id, Summary | number>;

/**
 * The rows of one view, newest first. While it is `held` (somebody is reading further down) nothing moves: known rows change in place,
 * new ones wait in `fresh` until `release`.
 */
export class ConversationList {
  /** The cursor of the next page; undefined when all rows are here. */
  next: string | undefined;
  loaded = false;
  #held = false;
  #rows: readonly Summary[] = [];
  #fresh = 0;
  /** Rows changed since they were put in order: that is done when somebody looks, once for many. */
  #stale = false;
  readonly #all = new Map<Id, Summary>();
  /** Of the pages that are on their way. */
  readonly #asked = new Set<Told>();
  readonly #order: (a: Summary, b: Summary) => number;

  constructor(
    readonly view: string,
    readonly me: Id,
    by: ViewOrder = 'newest',
  ) {
    this.#order = orderOf(by);
  }

  get rows(): readonly Summary[] {
    this.#arrange();
    return this.#rows;
  }

  /** Rows that came or would have moved to the top while held. */
  get fresh(): number {
    this.#arrange();
    return this.#fresh;
  }

  /** A page is on its way: what is told from now on counts for it, until it is `answered`. */
  asking(): Told {
    const told: Told = new Map();
    this.#asked.add(told);
    return told;
  }

  answered(told: Told): void {
    this.#asked.delete(told);
  }

  /** The first page: what is not in it is gone, unless it lies beyond it or came since it was asked for. */
  load(page: Page<Summary>, told: Told = new Map()): void {
    const last = page.next ? page.items.at(-1) : undefined;
    const fetched = new Set(page.items.map((row) => row.id));
    for (const row of this.#all.values()) {
      if (!fetched.has(row.id) && !told.has(row.id) && (!last || this.#order(row, last) <= 0)) this.#all.delete(row.id);
    }
    for (const row of page.items) if (newer(row, told)) this.#merge(row);
    if (!this.loaded || !page.next) this.next = page.next;
    this.loaded = true;
    this.#stale = true;
    this.#regain(told);
  }

  append(page: Page<Summary>, told: Told = new Map()): void {
    for (const row of page.items) if (!this.#all.has(row.id) && newer(row, told)) this.#merge(row);
    this.next = page.next;
    this.#stale = true;
    this.#regain(told);
  }

  /** A row as it stands now. */
  put(row: Summary): void {
    if (belongs(row, this.view, this.me) === false) return this.left(row.id, row.lastSeq);
    for (const told of this.#asked) told.set(row.id, row);
    this.#place(row);
  }

  /** Of a row that nobody knew no page that was asked for before is believed, as far as nobody says how far it was when it left. */
  left(id: Id, seq = this.#all.get(id)?.lastSeq ?? Infinity): void {
    for (const told of this.#asked) told.set(id, seq);
    if (this.#all.delete(id)) this.#stale = true;
  }

  seen(id: Id, seq: number): void {
    const row = this.#all.get(id);
    if (!row || (row.seen ?? 0) >= seq) return;
    this.#all.set(id, { ...row, seen: seq });
    this.#stale = true;
  }

  hold(on: boolean): void {
    // What came before it was held stands where it belongs.
    this.#arrange();
    this.#held = on;
    if (!on) this.#stale = true;
  }

  release(): void {
    const held = this.#held;
    this.#held = false;
    this.#stale = true;
    this.#arrange();
    this.#held = held;
  }

  get(id: Id): Summary | undefined {
    return this.#all.get(id);
  }

  #place(row: Summary): void {
    // Beyond what has been loaded it would leave a hole; its page will bring it.
    if (!this.#all.has(row.id) && this.next) {
      const bottom = this.rows.at(-1);
      if (bottom && this.#order(row, bottom) > 0) return;
    }
    this.#merge(row);
    this.#stale = true;
  }

  /** What came beyond the rows that were here may stand among them now, and its page was read without it. */
  #regain(told: Told): void {
    for (const row of told.values()) if (typeof row === 'object' && !this.#all.has(row.id)) this.#place(row);
  }

  /** Summaries on the stream are the same for all viewers and say nothing of `seen`. An older one than ours is late, not news. */
  #merge(row: Summary): void {
    const known = this.#all.get(row.id);
    if (known && known.lastSeq > row.lastSeq) return;
    const seen = Math.max(known?.seen ?? 0, row.seen ?? 0);
    this.#all.set(row.id, { ...row, seen });
  }

  #arrange(): void {
    if (!this.#stale) return;
    this.#stale = false;
    const sorted = [...this.#all.values()].sort(this.#order);
    if (!this.#held) {
      this.#rows = sorted;
      this.#fresh = 0;
      return;
    }
    const shown = this.#rows.map((row) => this.#all.get(row.id)).filter((row) => row !== undefined);
    const places = new Set(shown.map((row) => row.id));
    const bottom = shown.at(-1);
    const older = bottom ? sorted.filter((row) => !places.has(row.id) && this.#order(row, bottom) > 0) : sorted;
    this.#rows = [...shown, ...older];
    this.#fresh = sorted.length - this.#rows.length;
  }
}

/** Not as it was before it left. */
function newer(row: Summary, told: Told): boolean {
  const left = told.get(row.id);
  return typeof left !== 'number' || row.lastSeq > left;
}

const later = (a: string | undefined, b: string | undefined): number => (a === b ? 0 : (a ?? '') < (b ?? '') ? 1 : -1);
const newest = (a: Summary, b: Summary): number => later(a.lastEntryAt, b.lastEntryAt) || later(a.id, b.id);
/** The earliest first; what has no time stands below, newest first. */
const first = (at: (row: Summary) => string | undefined) => (a: Summary, b: Summary): number => {
  const [one, other] = [at(a), at(b)];
  if (one === undefined || other === undefined) return one === other ? newest(a, b) : one === undefined ? 1 : -1;
  return later(other, one) || later(a.id, b.id);
};
const ranks: Record<Summary['priority'], number> = { urgent: 0, high: 1, normal: 2, low: 3 };

/** As the server orders each view. */
function orderOf(by: ViewOrder): (a: Summary, b: Summary) => number {
  if (by === 'oldest') return first((row) => row.lastEntryAt);
  if (by === 'waiting') return first((row) => row.waitingSince);
  if (by === 'due') return first((row) => row.promise?.due);
  return by === 'priority' ? (a, b) => ranks[a.priority] - ranks[b.priority] || newest(a, b) : newest;
}
