import type { Entry } from '$client';

/** A command answers with the entry it made or with a list of them; the stream brings them too. */
export function entriesOf(answer: unknown): Entry[] {
  if (!answer || typeof answer !== 'object') return [];
  if ('entries' in answer && Array.isArray(answer.entries)) return answer.entries as Entry[];
  return 'seq' in answer ? [answer as Entry] : [];
}
