import type { Summary } from '$client';

export interface Promised {
  tone: 'grey' | 'waiting' | 'broken';
  /** What the customer reads, or, once that is late and they do not know it yet, when it was due. */
  says: 'by' | 'due';
  at: string;
  /** So near that the time of day says enough. */
  soon: boolean;
}

/** How a promise stands: neutral until three quarters of the time have gone, then amber, red from when it is due. That is a little before what the customer reads, which is rounded up. */
export function promised({ due, spoken = due, broken }: NonNullable<Summary['promise']>, since: string | undefined, now: number): Promised {
  const end = Date.parse(due);
  const start = since ? Date.parse(since) : end - 3_600_000;
  const over = !!broken || now >= end;
  const early = over && now < Date.parse(spoken);
  return { tone: over ? 'broken' : now >= start + (end - start) * 0.75 ? 'waiting' : 'grey', says: early ? 'due' : 'by', at: early ? due : spoken, soon: end - now < 20 * 3_600_000 };
}
