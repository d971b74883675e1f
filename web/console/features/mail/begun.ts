import type { StoredFile } from '$client';
import type { MailDraft } from './fields';

export interface Begun extends MailDraft {
  text: string;
  /** Those that are uploaded; what no message takes goes there after a day. */
  files: Pick<StoredFile, 'id' | 'name' | 'size' | 'mime'>[];
}

const none: Begun = { subject: '', to: '', cc: '', bcc: '', text: '', files: [] };
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
    if (!mail || Object.values(mail).every((value) => value.length === 0)) shelf.removeItem(place(who));
    else shelf.setItem(place(who), JSON.stringify(mail));
  } catch {
    // A full or forbidden storage: the words are still in the field.
  }
}
