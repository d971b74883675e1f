import type { Item, MailAddress } from '$client';
import { has, listed, unique } from './addresses';
import type { MailDraft } from './fields';
import { answering } from './subjects';

/** Who else is in the thread: as the last mail has it, without the customer. */
export function others(items: readonly Item[], customer: string): MailAddress[] {
  // Whom somebody names who is not known themselves, nobody copies.
  const last = items.findLast((item) => item.content?.mail && !item.content.mail.unverified && (item.entry.author.kind === 'contact' || item.content.mail.to || item.content.mail.cc));
  const mail = last?.content?.mail;
  if (!mail) return [];
  const from = last.entry.author.kind === 'contact' && mail.from ? [mail.from] : [];
  return unique([...from, ...(mail.to ?? []), ...(mail.cc ?? [])]).filter(({ address }) => !has([{ address: customer }], address));
}

/** What an answer begins with. */
export const usual = (items: readonly Item[], customer: MailAddress): MailDraft => ({ subject: answering(items), to: listed([customer]), cc: listed(others(items, customer.address)), bcc: '' });
