import type { Greeted } from '../client/types';

/** The first of an inbox’s segments that fits a page and one of its languages, whose tags the server gives to segments too. The loader says the same in place: it has no room for another function. */
export const segmentOf = (segments: readonly Greeted[], path: string, language: string): Greeted | undefined =>
  segments.find((it) => path.match(it.pattern) && (it.languages?.includes(language) ?? true));
