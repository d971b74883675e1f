import { choose } from './i18n/texts';
import type { PublicInbox } from '$client';
import { segmentOf } from './segments';

type Said = Pick<PublicInbox, 'texts' | 'segments' | 'languages'>;

const base = (tag: string) => tag.split('-')[0]!;

/** Which of the inbox's languages the visitor is spoken to in, whether we speak it ourselves or only an admin did. */
export const tongueOf = (inbox: Said, wanted: readonly string[]) => choose(wanted, inbox.languages);

/**
 * What an admin typed: in the visitor's language, else in the next that they understand, else in the inbox's first, else in whichever there is. Whoever
 * shows it says in which that was.
 */
export function typed(key: string, inbox: Said, wanted: readonly string[], path: string): { text: string; lang: string } | undefined {
  const tongue = tongueOf(inbox, wanted);
  const segment = segmentOf(inbox.segments, path, tongue);
  const understood = wanted.filter((tag) => inbox.languages.some((each) => base(each) === base(tag)));
  for (const tag of [tongue, base(tongue), ...understood, ...understood.map(base), ...inbox.languages, ...Object.keys(inbox.texts)]) {
    const text = segment?.texts[tag]?.[key] || inbox.texts[tag]?.[key];
    if (text) return { text, lang: tag };
  }
  return undefined;
}

/** What an admin typed in the visitor's own language; where nobody did we have words of our own, and those are better than another language's. */
export const typedIn = (key: string, inbox: Said, wanted: readonly string[]) => inbox.texts[tongueOf(inbox, wanted)]?.[key];
