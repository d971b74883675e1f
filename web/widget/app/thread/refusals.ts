import { more } from '../core/more.svelte';

/** Why it was refused, in the visitor's words; nothing where a code says nothing to them. */
export function refusal(code: string): string {
  if (code === 'contact.blocked') return more('refusedBlocked');
  if (code === 'starts.limited') return more('refusedStarts');
  if (code === 'content.tooLong') return more('refusedLong');
  if (/file.*(large|size|big)|http\.413/i.test(code)) return more('refusedLarge');
  if (code.startsWith('file.')) return more('refusedFile');
  if (/conversation\.(unknown|missing|notFound)|http\.404/i.test(code)) return more('refusedGone');
  return '';
}
