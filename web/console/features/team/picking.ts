import type { Id } from '$client';

/** Which rows are picked, and from where the next stretch goes: pure, so that keys and clicks come to the same. */
export interface Picked {
  ids: readonly Id[];
  anchor?: Id | undefined;
}

export const nothing: Picked = { ids: [] };

/** One more or one less; the next stretch begins here. */
export function toggled({ ids }: Picked, id: Id): Picked {
  return { ids: ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id], anchor: id };
}

/** Everything between the anchor and this row as it stands in the list, with what was picked before; without an anchor this row alone. */
export function stretched({ ids, anchor }: Picked, to: Id, rows: readonly Id[]): Picked {
  const [from, until] = [rows.indexOf(anchor ?? to), rows.indexOf(to)];
  if (until < 0) return { ids, anchor };
  const begin = from < 0 ? until : from;
  const between = rows.slice(Math.min(begin, until), Math.max(begin, until) + 1);
  return { ids: [...ids, ...between.filter((id) => !ids.includes(id))], anchor: anchor ?? to };
}
