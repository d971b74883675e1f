import type { Entry, Id } from '$client';

/** One side conversation: who was asked, what was said, and whether it is settled. */
export interface Aside {
  conversation: Id;
  seq: number;
  agents: readonly Id[];
  teams: readonly Id[];
  said: readonly { seq: number; by: string; agent: Id | undefined; at: string; text: string }[];
  settled: boolean;
}

/** The side conversations that these entries tell of, the oldest first. */
export function gathered(entries: readonly Entry[]): Aside[] {
  const all = new Map<number, Aside>();
  for (const entry of entries) {
    if (entry.type === 'consulted') {
      all.set(entry.seq, { conversation: entry.conversation, seq: entry.seq, agents: entry.agents ?? [], teams: entry.teams ?? [], said: [], settled: false });
    } else if (entry.type === 'consultSaid' || entry.type === 'consultSettled') {
      const known = all.get(entry.aside ?? 0);
      if (!known) continue;
      const said = entry.type === 'consultSaid' ? [...known.said, { seq: entry.seq, by: entry.author.name ?? '–', agent: entry.author.id, at: entry.at, text: entry.text ?? '' }] : known.said;
      all.set(known.seq, { ...known, said, settled: entry.type === 'consultSettled' });
    }
  }
  return [...all.values()];
}
