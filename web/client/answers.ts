import type { Content, LocalText, Sending, StoredFile } from './types';

/** A text in the dearest of the languages there is; else in the first it was written in. */
export function localText(text: LocalText | undefined, languages: readonly string[]): string {
  if (text === undefined || typeof text === 'string') return text ?? '';
  const known = Object.entries(text);
  for (const language of languages) {
    const wanted = language.toLowerCase();
    const hit = known.find(([tag]) => tag.toLowerCase() === wanted) ?? known.find(([tag]) => tag.toLowerCase() === wanted.split('-')[0]);
    if (hit) return hit[1];
  }
  return known[0]?.[1] ?? '';
}

interface Answering {
  seq: number;
  entry: { type: string; of?: number };
}

/** What was answered to a question: the newest message or rating that names it, stored or on its way. */
export function answerTo<T extends Answering>(items: readonly T[], seq: number): T | undefined {
  return items.findLast(({ entry }) => entry.of === seq && (entry.type === 'message' || entry.type === 'rated'));
}

/** As a message is sent: pictures are ids again, and of a form that the inbox has only which one is said. */
export function asSent(content: Omit<Content, 'files'>): Omit<Sending, 'files'> {
  const bare = <I extends { image?: StoredFile }>({ image, ...item }: I) => ({ ...item, ...(image ? { image: image.id } : {}) });
  const { items, cards, form, ...rest } = content;
  return {
    ...rest,
    ...(form ? { form: form.id && content.type === 'form' ? { id: form.id } : form } : {}),
    ...(items ? { items: items.map(bare) } : {}),
    ...(cards ? { cards: cards.map(bare) } : {}),
  } as Omit<Sending, 'files'>;
}
