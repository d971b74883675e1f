import type { MailDraft } from './fields';

export interface Begun extends MailDraft {
  text: string;
}

const none: Begun = { subject: '', to: '', cc: '', bcc: '', text: '' };
const place = (who: string) => `parley.mail.${who}`;

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** The mail that was begun and not sent: there is no conversation yet in which the server could keep it. */
export function begun(who: string, shelf: Shelf = localStorage): Begun {
  try {
    return { ...none, ...(JSON.parse(shelf.getItem(place(who)) ?? '{}') as Partial<Begun>) };
  } catch {
    return { ...none };
  }
}

export function keepBegun(who: string, mail: Begun | undefined, shelf: Shelf = localStorage) {
  try {
    if (!mail || Object.values(mail).every((value) => !value)) shelf.removeItem(place(who));
    else shelf.setItem(place(who), JSON.stringify(mail));
  } catch {
    // A full or forbidden storage: the words are still in the field.
  }
}
