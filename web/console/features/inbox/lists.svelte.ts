import { ConversationList, belongs, unread, type Frame, type Id, type Summary } from '$client';
import { seat } from '../../app/seat.svelte';
import { fits, queryOf, type Filters } from './filters';
import { saved } from './saved.svelte';

/**
 * The rows of the view one looks at. Every view that was looked at is kept, so that going back shows it at once while its first page
 * is read anew. The server tells what changes in the view that is watched, and always in one's own, for the sake of notices.
 */
class Lists {
  view = $state('mine');
  filters = $state.raw<Filters>({});
  rows = $state.raw<readonly Summary[]>([]);
  fresh = $state(0);
  loaded = $state(false);
  failed = $state(false);
  more = $state(false);
  loadingMore = $state(false);
  #kept = new Map<string, ConversationList>();
  /** Which question the rows of a list are the answer to: an earlier one may be answered later. */
  readonly #answered = new WeakMap<ConversationList, number>();
  readonly #narrowed = new WeakMap<ConversationList, Filters>();
  #list: ConversationList | undefined;
  #turn = 0;
  #soon: ReturnType<typeof setTimeout> | undefined;
  /** Something changed that the screen does not show yet. */
  #behind = false;
  /** Nothing is told of what came between the first page and the moment from which the server tells. */
  #early = true;

  constructor() {
    seat.hear((frame, more) => {
      this.#take(frame);
      if (this.#behind && !more) this.#sync();
    });
    saved.listen((view) => this.#forget(view));
  }

  /** Called when one signs in or out: nothing of another person stays. */
  clear() {
    this.#kept.clear();
    this.#early = true;
    this.#list = undefined;
    this.rows = [];
    this.loaded = false;
  }

  show(view: string, filters: Filters = {}) {
    const me = seat.me?.id;
    if (!me) return;
    // What waits is of the view that was watched.
    seat.settle();
    const key = view + ' ' + JSON.stringify(filters);
    const watched = this.view;
    this.view = view;
    this.filters = filters;
    let list = this.#kept.get(key);
    if (!list) this.#kept.set(key, (list = new ConversationList(view, me, saved.find(view)?.order)));
    this.#narrowed.set(list, filters);
    if (this.#list !== list) list.hold(false);
    this.#list = list;
    if (watched !== view && watched !== 'mine') seat.stream?.withdraw(`watch:${watched}`, { type: 'unwatch', view: watched });
    for (const each of new Set([view, 'mine'])) seat.stream?.stand(`watch:${each}`, () => ({ type: 'watch', view: each }));
    this.#sync();
    void this.load();
  }

  async load() {
    const list = this.#list;
    if (!list) return;
    const turn = ++this.#turn;
    const told = list.asking();
    try {
      const page = await seat.api.conversations({ view: list.view, ...queryOf(this.filters), limit: 50 });
      seat.settle();
      if (turn > (this.#answered.get(list) ?? 0)) {
        this.#answered.set(list, turn);
        list.load(page, told);
      }
      if (turn === this.#turn) this.failed = false;
    } catch {
      // Shown where the rows would be, with a way to try again; a view that is kept goes on being shown.
      if (turn === this.#turn) this.failed = true;
    } finally {
      list.answered(told);
    }
    if (list === this.#list) this.#sync();
  }

  async loadMore() {
    const list = this.#list;
    if (!list?.next || this.loadingMore) return;
    this.loadingMore = true;
    const told = list.asking();
    try {
      const page = await seat.api.conversations({ view: list.view, ...queryOf(this.filters), cursor: list.next, limit: 50 });
      seat.settle();
      list.append(page, told);
    } catch {
      this.failed = true;
    } finally {
      list.answered(told);
      this.loadingMore = false;
      this.#sync();
    }
  }

  hold(on: boolean) {
    this.#list?.hold(on);
    this.#sync();
  }

  release() {
    this.#list?.release();
    this.#sync();
  }

  find(id: Id | undefined): Summary | undefined {
    if (!id) return undefined;
    for (const list of this.#kept.values()) {
      const row = list.get(id);
      if (row) return row;
    }
    return undefined;
  }

  /** The row as it will be once the server has agreed; `undo` puts back what was. */
  foresee(row: Summary): () => void {
    const before = this.find(row.id);
    this.put(row);
    return () => before && this.put(before);
  }

  put(row: Summary) {
    for (const list of this.#kept.values()) {
      if (list.get(row.id) || belongs(row, list.view, list.me)) {
        if (fits(row, this.#narrowed.get(list)!)) list.put(row);
        else list.left(row.id);
      }
    }
    this.#sync();
  }

  seen(id: Id, seq: number) {
    for (const list of this.#kept.values()) list.seen(id, seq);
    this.#sync();
  }

  /** The one after this in the order shown, or the one before at the end. */
  beside(id: Id | undefined, by: 1 | -1, turnBack = false, rows = this.rows): Summary | undefined {
    const at = rows.findIndex((row) => row.id === id);
    if (at < 0) return rows[by > 0 ? 0 : rows.length - 1];
    return rows[at + by] ?? (turnBack ? rows[at - by] : undefined);
  }

  isUnread(row: Summary): boolean {
    return unread(row, seat.me?.id ?? '');
  }

  #take(frame: Frame) {
    if (frame.type === 'hello' || frame.type === 'gone') {
      // What happened while the line was away, before its cursor or after a restore, is read from the first page.
      if (this.#list?.loaded) void this.load();
    } else if (frame.type === 'counts' && this.#early) {
      // The first numbers say that the view is watched now: what came before that is read, and the rest is told.
      this.#early = false;
      void this.load();
    } else if (frame.type === 'left') {
      for (const list of this.#kept.values()) if (list.view === frame.view) list.left(frame.conversation);
      this.#behind = true;
    } else if (frame.type === 'event' && frame.summary) this.#arrived(frame.summary);
  }

  #arrived(row: Summary) {
    const own = belongs(row, 'mine', seat.me?.id ?? '');
    for (const list of this.#kept.values()) {
      const here = list.get(row.id) !== undefined;
      // A frame does not say whose view it is for: a row of mine may have come for "mine" alone.
      const known = belongs(row, list.view, list.me);
      const take = here || (known ?? (list === this.#list && !own));
      if (take && fits(row, this.#narrowed.get(list)!)) list.put(row);
      // A page that is on its way may have been read while the row was in it.
      else if (here || take || known === false) list.left(row.id, row.lastSeq);
      // Of a row of one's own nobody says whether a saved view has it, too.
      else if (own && list === this.#list && list.view.startsWith('viw_')) this.#again();
    }
    this.#behind = true;
  }

  #again() {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      void this.load();
    }, 300);
  }

  /** A view that shows other rows now, or in another order. */
  #forget(view: string) {
    for (const key of [...this.#kept.keys()]) if (key.startsWith(view + ' ')) this.#kept.delete(key);
    if (this.view === view) this.show(view, this.filters);
  }

  #sync() {
    this.#behind = false;
    const list = this.#list;
    this.rows = list?.rows ?? [];
    this.fresh = list?.fresh ?? 0;
    this.loaded = list?.loaded ?? false;
    this.more = list?.next !== undefined;
  }
}

export const lists = new Lists();
