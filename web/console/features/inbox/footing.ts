/** Where the focus was in a list of which only a window is drawn. */
export interface Footing {
  id: string;
  at: number;
}

/**
 * Where the focus goes that stands on a row: nowhere while the row is drawn; to the row that took its place where it left the list;
 * to the list itself, which remembers it, where it is merely out of sight.
 */
export function leaves(ids: readonly string[], from: number, to: number, stood: Footing): Footing | 'list' | undefined {
  const at = ids.indexOf(stood.id);
  if (at >= from && at < to) return undefined;
  if (at >= 0) return 'list';
  const near = Math.min(stood.at, ids.length - 1);
  return near < 0 ? 'list' : { id: ids[near]!, at: near };
}

/** The row that comes next from there, also where the one that was stood on is gone. */
export function nextFrom(ids: readonly string[], stood: Footing, by: number): Footing | undefined {
  const at = ids.indexOf(stood.id);
  const to = Math.min(ids.length - 1, Math.max(0, at < 0 ? stood.at : at + by));
  return ids[to] === undefined ? undefined : { id: ids[to], at: to };
}
