/**
 * The wait before attempt `n` (0, 1, 2 …): doubling from half a second to half a minute, the upper half of it by chance,
 * so that the clients of a restarted server do not all come back in the same second.
 */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(30_000, 500 * 2 ** Math.min(attempt, 10));
  return Math.round(ceiling * (0.5 + random() / 2));
}
