import type { Item, Summary } from '$client';

/** What an agent should know before they write: that somebody waits for them, or is not there any more. */
export type Aside =
  /** An answer is owed since then, and they were reminded of it. */
  | { kind: 'owed'; since: string }
  /** The customer left, and reads what is written now later. */
  | { kind: 'left'; owed: boolean };

/** `me` is who looks: nobody is reminded of what is another's. */
export function aside(row: Summary | undefined, items: readonly Item[], me: string | undefined): Aside | undefined {
  if (!row || row.status === 'closed') return undefined;
  for (let i = items.length - 1; i >= 0; i--) {
    const { entry } = items[i]!;
    switch (entry.type) {
      case 'nudged':
        return entry.agent === me && row.holder.id === me && row.waitingSince ? { kind: 'owed', since: row.waitingSince } : undefined;
      case 'modeChanged':
        return entry.to === 'messaging' && entry.cause === 'contactLeft' ? { kind: 'left', owed: row.waitingSince !== undefined } : undefined;
      case 'message':
        // Who writes is back; who is answered, is answered where they read it.
        if (entry.author.kind === 'contact') return undefined;
        break;
      default:
    }
  }
  return undefined;
}
