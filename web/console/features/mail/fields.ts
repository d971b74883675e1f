import type { MailAddress, MailSending } from '$client';
import { listed, read } from './addresses';

/** What stands in the fields of a mail that is being written, as text: it is kept as one types, whatever it is. */
export interface MailDraft {
  subject: string;
  to: string;
  cc: string;
  bcc: string;
}

const some = (people: MailAddress[]) => (people.length ? people : undefined);

/** What is sent of them. */
export function sending({ subject, to, cc, bcc }: MailDraft): MailSending {
  const people = { to: some(read(to).people), cc: some(read(cc).people), bcc: some(read(bcc).people) };
  return { ...(subject.trim() ? { subject: subject.trim() } : {}), ...(people.to ? { to: people.to } : {}), ...(people.cc ? { cc: people.cc } : {}), ...(people.bcc ? { bcc: people.bcc } : {}) };
}

/** Words that were taken back have their fields again. */
export const fieldsOf = (mail: MailSending): MailDraft => ({ subject: mail.subject ?? '', to: listed(mail.to), cc: listed(mail.cc), bcc: listed(mail.bcc) });

/** Which of the fields hold what is no address; nobody may think that somebody gets it who does not. */
export const wrong = ({ to, cc, bcc }: MailDraft): boolean => [to, cc, bcc].some((text) => read(text).rest !== '');
