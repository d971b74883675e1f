import type { Entry } from '$client';
import { t } from './texts.svelte';

/** A message in one line: its words, or what it carries. */
export function preview(entry: Entry): string {
  if (entry.type !== 'message' || !entry.content) return '';
  const { text, files, cards, items, article } = entry.content;
  const file = files?.[0];
  return text?.replace(/\s+/g, ' ').slice(0, 200) || (file ? (file.mime.startsWith('image/') ? t('photo') : file.name) : ((cards ?? items)?.[0] ?? article)?.title || '…');
}
