/** A piece of a template: as it stands there, or what is filled in. */
export interface Piece {
  text: string;
  /** Which of the values it is, from 1; absent: it stands there. */
  value?: number;
  /** Nothing is filled in yet. */
  empty?: boolean;
}

/** As the customer will read it, piece by piece. */
export function filledIn(text: string, values: readonly string[]): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of text.matchAll(/\{\{(\d+)\}\}/g)) {
    if (found.index > from) pieces.push({ text: text.slice(from, found.index) });
    const value = Number(found[1]);
    const given = values[value - 1]?.trim() ?? '';
    pieces.push(given ? { text: given, value } : { text: found[0], value, empty: true });
    from = found.index + found[0].length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}
