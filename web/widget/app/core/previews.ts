import type { Entry } from '$client';
import { t } from './texts.svelte';

/** A message in one line: its words, or what it carries. */
export function preview(entry: Entry): string {
  if (entry.type !== 'message' || !entry.content) return '';
  const [file] = entry.content.files ?? [];
  return entry.content.text?.replace(/\s+/g, ' ').slice(0, 200) || (file?.mime.startsWith('image/') ? t('photo') : (file?.name ?? ''));
}
