import type { Entry, Item } from '$client';
import type { Planned } from './plans';

/** One line of the thread as it is drawn. A row keeps its object while nothing of it has changed. */
export type Row =
  | { kind: 'day'; key: string; at: number }
  | { kind: 'unread'; key: string }
  | { kind: 'message'; key: string; item: Item; side: Side; first: boolean; last: boolean }
  | { kind: 'facts'; key: string; items: Item[] };

export type Side = 'theirs' | 'ours' | 'note';

const hidden = new Set(['edited', 'deleted', 'reacted', 'redacted', 'episodeReopened']);
const groupMs = 5 * 60_000;

export const isSpoken = ({ entry, plan }: Planned): boolean => entry.type === 'message' || entry.type === 'note' || plan !== undefined;

export function sideOf(entry: Entry): Side {
  if (entry.type === 'note') return 'note';
  return entry.author.kind === 'contact' ? 'theirs' : 'ours';
}

/** What a fact must be to have a line: types of a newer server that are not known here have none. */
const told = new Set([
  'opened', 'episodeOpened', 'assigned', 'accepted', 'snoozed', 'unsnoozed', 'pending', 'unpended', 'closed', 'reopened',
  'spamMarked', 'spamCleared', 'labelled', 'unlabelled', 'combined', 'followed', 'unfollowed', 'consulted', 'consultSettled', 'priorityChanged', 'modeChanged', 'erased', 'ratingAsked', 'rated',
  'liveRequested', 'requeued', 'abandoned', 'offered', 'declined', 'soothed', 'promised', 'promiseRenewed', 'promiseBroken', 'sessionReminded', 'stayed', 'nudged', 'notified', 'undelivered', 'reached', 'informed',
]);

function isFact(entry: Entry): boolean {
  if (hidden.has(entry.type) || !told.has(entry.type)) return false;
  // the first episode opens with the conversation: one line says both
  if (entry.type === 'episodeOpened') return (entry.episode ?? 1) > 1;
  return true;
}

interface Drawn {
  row: Row;
  /** The index of the first item that this row was made of. */
  from: number;
}

/**
 * Makes rows of items, and makes only the end anew when only the end has changed: a thread of 30,000 entries must take a new message
 * in no time.
 */
export class Rows {
  rows: readonly Row[] = [];
  #items: readonly Item[] = [];
  #drawn: Drawn[] = [];
  #unreadAfter: number | undefined;

  /** `unreadAfter`: the line "new" stands before the first message of others with a larger seq. */
  make(items: readonly Item[], unreadAfter?: number): readonly Row[] {
    let same = 0;
    if (unreadAfter === this.#unreadAfter) {
      const most = Math.min(items.length, this.#items.length);
      while (same < most && items[same] === this.#items[same]) same++;
    }
    this.#items = items;
    this.#unreadAfter = unreadAfter;
    // The last row before the change is made anew as well: its group may go on, or end, differently.
    let keep = this.#drawn.length;
    while (keep > 0 && this.#drawn[keep - 1]!.from >= same) keep--;
    const start = this.#drawn[keep - 1]?.from ?? 0;
    while (keep > 0 && this.#drawn[keep - 1]!.from === start) keep--;
    const old = new Map(this.#drawn.slice(keep).map((d) => [d.row.key, d.row]));
    this.#drawn.length = keep;
    this.#draw(start);
    for (let i = keep; i < this.#drawn.length; i++) {
      const drawn = this.#drawn[i]!;
      const before = old.get(drawn.row.key);
      if (before && alike(before, drawn.row)) drawn.row = before;
    }
    this.rows = this.#drawn.map((d) => d.row);
    return this.rows;
  }

  #draw(start: number) {
    const items = this.#items;
    const day = new Day();
    let before: Item | undefined;
    let unreadDone = this.#unreadAfter === undefined || this.#drawn.some((d) => d.row.kind === 'unread');
    for (let i = start - 1; i >= 0 && !before; i--) if (isSpoken(items[i]!) || isFact(items[i]!.entry)) before = items[i];
    if (before) day.begins(Date.parse(before.entry.at));
    let facts: Extract<Row, { kind: 'facts' }> | undefined;
    let spoken: Extract<Row, { kind: 'message' }> | undefined;
    const last = this.#drawn[this.#drawn.length - 1]?.row;
    if (last?.kind === 'message') spoken = last;
    for (let i = start; i < items.length; i++) {
      const item = items[i]!;
      const { entry } = item;
      const speaks = isSpoken(item);
      if (!speaks && !isFact(entry)) continue;
      const at = Date.parse(entry.at);
      if (day.begins(at)) {
        this.#push({ kind: 'day', key: `d${item.key}`, at }, i);
        facts = spoken = undefined;
      }
      if (!speaks) {
        if (facts) facts.items.push(item);
        else this.#push((facts = { kind: 'facts', key: `f${item.key}`, items: [item] }), i);
        spoken = undefined;
        continue;
      }
      if (!unreadDone && !item.mine && (item.seq === 0 || item.seq > this.#unreadAfter!)) {
        unreadDone = true;
        this.#push({ kind: 'unread', key: 'unread' }, i);
        spoken = undefined;
      }
      facts = undefined;
      const side = sideOf(entry);
      const goesOn = spoken !== undefined && spoken.side === side && samePerson(spoken.item.entry, entry) && at - Date.parse(spoken.item.entry.at) < groupMs;
      if (goesOn) this.#amendLast({ ...spoken!, last: false });
      const row = { kind: 'message' as const, key: item.key, item, side, first: !goesOn, last: true };
      this.#push(row, i);
      spoken = row;
    }
  }

  #push(row: Row, from: number) {
    this.#drawn.push({ row, from });
  }

  #amendLast(row: Row) {
    this.#drawn[this.#drawn.length - 1]!.row = row;
  }
}

/** Days in the reader's own zone. Boundaries are kept, for asking the calendar 30,000 times would be felt. */
class Day {
  #start = 0;
  #end = 0;

  begins(at: number): boolean {
    if (at >= this.#start && at < this.#end) return false;
    const date = new Date(at);
    this.#start = new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
    this.#end = new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime();
    return true;
  }
}

function samePerson(a: Entry, b: Entry): boolean {
  return a.author.kind === b.author.kind && a.author.id === b.author.id;
}

function alike(a: Row, b: Row): boolean {
  if (a.kind === 'message' && b.kind === 'message') return a.item === b.item && a.first === b.first && a.last === b.last && a.side === b.side;
  if (a.kind === 'facts' && b.kind === 'facts') return a.items.length === b.items.length && a.items.every((item, i) => item === b.items[i]);
  if (a.kind === 'day' && b.kind === 'day') return a.at === b.at;
  return a.kind === b.kind;
}
