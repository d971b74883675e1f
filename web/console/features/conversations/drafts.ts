import type { MailDraft } from '../mail/fields';

/** What was begun and not sent, per person and conversation, in this browser: what the server does not have yet is here. Written as one types: a closed window loses nothing. */
export interface Draft {
  reply: string;
  note: string;
  mode: 'reply' | 'note';
  quote?: number;
  /** Who gets it by mail, and what it is about, where somebody touched that. */
  mail?: MailDraft;
  /** Set where a reply that was written before brought its signs along. */
  format?: 'markdown';
  /** Of the server's draft, the version that these words began from. */
  version?: number;
  /** False as long as the server does not have them. */
  saved?: boolean;
}

export const emptyDraft: Draft = { reply: '', note: '', mode: 'reply' };

interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

const place = (who: string, conversation: string) => `parley.draft.${who}.${conversation}`;

export function readDraft(who: string, conversation: string, shelf: Shelf = localStorage): Draft {
  try {
    const kept = shelf.getItem(place(who, conversation));
    return kept ? { ...emptyDraft, ...(JSON.parse(kept) as Partial<Draft>) } : { ...emptyDraft };
  } catch {
    return { ...emptyDraft };
  }
}

export function keepDraft(who: string, conversation: string, draft: Draft, shelf: Shelf = localStorage) {
  try {
    // That all of it was sent is kept until the server knows: else what it has would come back into the field.
    if (!draft.reply && !draft.note && draft.quote === undefined && !draft.mail && draft.saved !== false) shelf.removeItem(place(who, conversation));
    else shelf.setItem(place(who, conversation), JSON.stringify(draft));
  } catch {
    // A full or forbidden storage: the words are still in the field.
  }
}
