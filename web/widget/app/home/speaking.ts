import type { Messenger } from '../core/messenger.svelte';
import { languageKey, write } from '../core/page';

/** The visitor wants another language: kept on this device, for the launcher as well, and told to those who answer. */
export function speakIn(messenger: Messenger, language: string): void {
  write(languageKey(messenger.id), language);
  messenger.visitor = { ...messenger.visitor!, language };
  messenger.page.tell({ kind: 'keep', language });
  messenger.act(() => messenger.api.introduce({ language }));
}
