import type { Entry, Id } from '$client';

/** The last answer that a colleague wrote after I began; undefined where there is none. */
export function answeredSince(entries: readonly Entry[], begun: number, me: Id): Entry | undefined {
  return entries.findLast((entry) => entry.type === 'message' && entry.author.kind === 'agent' && entry.author.id !== me && entry.seq > begun);
}
