import type { Messenger } from '../core/messenger.svelte';
import { more, ready } from '../core/more.svelte';

/** Why it was refused, in the visitor's words; nothing where a code says nothing to them. */
export function refusal(code: string): string {
  if (code === 'contact.blocked') return more('refusedBlocked');
  if (code === 'live.elsewhere') return more('refusedElsewhere');
  if (code === 'live.nobody') return more('refusedNobody');
  if (code === 'queue.full') return more('refusedQueue');
  if (code === 'inbox.closed') return more('refusedClosed');
  if (code === 'starts.limited') return more('refusedStarts');
  if (code === 'transcript.noAddress') return more('transcriptNoAddress');
  if (code === 'transcript.empty') return more('transcriptEmpty');
  if (code === 'mail.none') return more('transcriptNoMail');
  if (code === 'content.tooLong') return more('refusedLong');
  if (/file.*(large|size|big)|http\.413/i.test(code)) return more('refusedLarge');
  if (code.startsWith('file.')) return more('refusedFile');
  if (/conversation\.(unknown|missing|notFound)|http\.404/i.test(code)) return more('refusedGone');
  return '';
}

/** Says for a moment that something could not be done. */
export async function refuse(messenger: Messenger, code = ''): Promise<void> {
  await ready;
  messenger.refused = refusal(code) || more('refused');
  setTimeout(() => (messenger.refused = ''), 6_000);
}

/** Says until they are known again that nobody knows who this is. */
export async function lapsed(messenger: Messenger): Promise<void> {
  await ready;
  messenger.refused = more('lapsed');
}
