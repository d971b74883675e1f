import { isNew, type Attachment, type Content, type Entry, type Id, type Job, type Sending, type Thread, type VisitorApi } from '$client';

export type Opened = Partial<Thread> & { id: Id };

/** Words, with what goes along. */
export function worded(text: string, attachments: readonly Attachment[], quote?: number): Omit<Content, 'files'> {
  const images = attachments.length > 0 && attachments.every((file) => file.mime.startsWith('image/'));
  const type = images ? 'image' : attachments.length ? 'file' : 'text';
  return { type, ...(text && { text }), ...(quote && { quote }) };
}

/** A rating, a word, or what begins a conversation: each goes its own way. `opened` hears of what was begun. */
export async function post(api: VisitorApi, { clientId, of, conversation }: Job, content: Sending, opened: (conversation: Opened, entry: Entry) => void): Promise<Entry> {
  const { form, values, score } = content;
  if (score) return (await api.rate(conversation, { of: of!, score, text: content.text, clientId })).entries[0]!;
  if (!isNew(conversation)) return api.post(conversation, { clientId, of, content });
  const begun = await api.open(form ? { clientId, form: { id: form.id!, values: values! } } : { clientId, content });
  opened(begun.conversation, begun.entry);
  return { ...begun.entry, conversation: begun.conversation.id };
}
