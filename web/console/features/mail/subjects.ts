import type { Item } from '$client';

/** What mail programs put before a subject, in the languages of the world. */
const before = /^\s*(?:(?:re|aw|antw|sv|vs|rv|rif|odp|fwd?|wg|doorst|tr|enc)(?:\[\d+\])?\s*[:：]\s*)+/i;

/** What it is about, whether answered or passed on. */
export const bare = (subject: string | undefined): string => (subject ?? '').replace(before, '').trim();

/** Whether a mail says another subject than the mail before it: where none was before it, it begins one. */
export function turns(items: readonly Item[], at: Item): boolean {
  const subject = bare(at.content?.mail?.subject);
  if (!subject) return false;
  for (let i = items.lastIndexOf(at) - 1; i >= 0; i--) {
    const earlier = items[i]!.content?.mail?.subject;
    if (earlier) return bare(earlier).toLowerCase() !== subject.toLowerCase();
  }
  return true;
}

/** The subject that an answer has: that of the last mail, with "Re:" before it once. */
export function answering(items: readonly Item[]): string {
  const last = items.findLast((item) => item.content?.mail?.subject)?.content?.mail?.subject;
  return last === undefined ? '' : /^\s*re\s*:/i.test(last) ? last : `Re: ${bare(last)}`;
}
