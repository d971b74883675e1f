import { t } from '../core/texts.svelte';

/** Why it was refused, in the visitor's words; nothing where a code says nothing to them. */
export function refusal(code: string): string {
  if (code === 'contact.blocked') return t('refusedBlocked');
  if (code === 'starts.limited') return t('refusedStarts');
  if (code === 'content.tooLong') return t('refusedLong');
  if (/file.*(large|size|big)|http\.413/i.test(code)) return t('refusedLarge');
  if (code.startsWith('file.')) return t('refusedFile');
  if (/conversation\.(unknown|missing|notFound)|http\.404/i.test(code)) return t('refusedGone');
  return '';
}
