import type { Id, Page, Summary } from './types';

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
    case 'inbox':
      return open && row.inbox === id;
    case 'team':
      return open && row.team === id;
    default:
      return undefined;
  }
}

/**
 * The rows of one view, newest first. While it is `held` (somebody is reading further down) nothing moves: known rows change in place,
 * new ones wait in `fresh` until `release`.
 */
export class ConversationList {
  rows: readonly Summary[] = [];
  /** Rows that came or would have moved to the top while held. */
  fresh = 0;
  /** The cursor of the next page; undefined when all rows are here. */
  next: string | undefined;
  loaded = false;
  #held = false;
  readonly #all = new Map<Id, Summary>();

  constructor(
    readonly view: string,
    readonly me: Id,
  ) {}

  /** The first page: what is not in it is gone, unless it lies beyond it. */
  load(page: Page<Summary>): void {
    const last = page.next ? page.items.at(-1) : undefined;
    const fetched = new Set(page.items.map((row) => row.id));
    for (const row of this.#all.values()) {
      if (!fetched.has(row.id) && (!last || order(row, last) <= 0)) this.#all.delete(row.id);
    }
    for (const row of page.items) this.#merge(row);
    if (!this.loaded || !page.next) this.next = page.next;
    this.loaded = true;
    this.#arrange();
  }

  append(page: Page<Summary>): void {
    for (const row of page.items) if (!this.#all.has(row.id)) this.#merge(row);
    this.next = page.next;
    this.#arrange();
  }

  /** A row as it stands now. */
  put(row: Summary): void {
    if (belongs(row, this.view, this.me) === false) return this.left(row.id);
    const bottom = this.rows.at(-1);
    // Beyond what has been loaded it would leave a hole; its page will bring it.
    if (!this.#all.has(row.id) && this.next && bottom && order(row, bottom) > 0) return;
    this.#merge(row);
    this.#arrange();
  }

  left(id: Id): void {
    if (this.#all.delete(id)) this.#arrange();
  }

  seen(id: Id, seq: number): void {
    const row = this.#all.get(id);
    if (!row || (row.seen ?? 0) >= seq) return;
    this.#all.set(id, { ...row, seen: seq });
    this.#arrange();
  }

  hold(on: boolean): void {
    this.#held = on;
    if (!on) this.#arrange();
  }

  release(): void {
    const held = this.#held;
    this.#held = false;
    this.#arrange();
    this.#held = held;
  }

  get(id: Id): Summary | undefined {
    return this.#all.get(id);
  }

  /** Summaries on the stream are the same for all viewers and say nothing of `seen`. An older one than ours is late, not news. */
  #merge(row: Summary): void {
    const known = this.#all.get(row.id);
    if (known && known.lastSeq > row.lastSeq) return;
    const seen = Math.max(known?.seen ?? 0, row.seen ?? 0);
    this.#all.set(row.id, { ...row, seen });
  }

  #arrange(): void {
    const sorted = [...this.#all.values()].sort(order);
    if (!this.#held) {
      this.rows = sorted;
      this.fresh = 0;
      return;
    }
    const shown = this.rows.map((row) => this.#all.get(row.id)).filter((row) => row !== undefined);
    const places = new Set(shown.map((row) => row.id));
    const bottom = shown.at(-1);
    const older = bottom ? sorted.filter((row) => !places.has(row.id) && order(row, bottom) > 0) : sorted;
    this.rows = [...shown, ...older];
    this.fresh = sorted.length - this.rows.length;
  }
}

function order(a: Summary, b: Summary): number {
  if (a.lastEntryAt !== b.lastEntryAt) return a.lastEntryAt < b.lastEntryAt ? 1 : -1;
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0;
}
