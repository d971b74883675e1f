/** What was begun and not sent, per person and conversation, in this browser. Written as one types: a closed window loses nothing. */
export interface Draft {
  reply: string;
  note: string;
  mode: 'reply' | 'note';
  quote?: number;
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
    if (!draft.reply && !draft.note && draft.quote === undefined) shelf.removeItem(place(who, conversation));
    else shelf.setItem(place(who, conversation), JSON.stringify(draft));
  } catch {
    // A full or forbidden storage: the words are still in the field.
  }
}
