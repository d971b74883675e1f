import type { Entry, Item, Told } from '$client';

/** What stands one under the other in a thread. */
export type Row =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'new'; key: string }
  | { kind: 'fact'; key: string; item: Item; told: Told }
  /** A message; the first and the last of a group are drawn as such. */
  | { kind: 'message'; key: string; item: Item; first: boolean; last: boolean };

const together = 5 * 60_000;

/** Messages of one author within five minutes are a group; a day mark, the line "new" or a fact ends it. */
export function rows(items: readonly Item[], seenBefore: number, day: (at: string) => number): Row[] {
  const out: Row[] = [];
  let lastDay: number | undefined;
  let newShown = false;
  let group: Extract<Row, { kind: 'message' }> | undefined;
  for (const item of items) {
    if (!shown(item)) continue;
    const today = day(item.entry.at);
    if (today !== lastDay) {
      out.push({ kind: 'day', key: `d${today}`, at: item.entry.at });
      lastDay = today;
      group = undefined;
    }
    if (!newShown && item.seq > seenBefore && item.entry.type === 'message' && !item.mine) {
      out.push({ kind: 'new', key: 'new' });
      newShown = true;
      group = undefined;
    }
    if (item.entry.type !== 'message') {
      out.push({ kind: 'fact', key: item.key, item, told: told(item.entry)! });
      group = undefined;
      continue;
    }
    const joins = group !== undefined && sameVoice(group.item, item);
    if (joins) group!.last = false;
    group = { kind: 'message', key: item.key, item, first: !joins, last: true };
    out.push(group);
  }
  return out;
}

/** Customers are shown words, and what they were told; edits, reactions and ratings stand on what they are about. */
export function shown({ entry, content }: Item): boolean {
  return entry.type === 'message' ? !content?.score : !!told(entry);
}

/** What the system said to the customer in an entry, to the letter. */
const told = (entry: Entry): Told | undefined => (entry as { told?: Told }).told;

function sameVoice(a: Item, b: Item): boolean {
  if (a.mine !== b.mine || a.entry.author.id !== b.entry.author.id || a.entry.author.kind !== b.entry.author.kind) return false;
  return Date.parse(b.entry.at) - Date.parse(a.entry.at) < together;
}
