import type { Form, Item } from '$client';
import type { Messenger } from '../core/messenger.svelte';
import type { OpenThread } from '../core/thread.svelte';

export interface Shown {
  messenger: Messenger;
  thread: OpenThread;
  /** A message that holds more than words, or the question how it was. */
  item?: Item;
  /** What is asked before a conversation begins. */
  form?: Form;
}

/** The first word came when nobody could be talked to any more: it goes into the form that stands there instead. Files have no place in one. */
export const tooLate = ({ job }: Item): boolean => job?.problem?.code === 'inbox.closed' && !job.attachments.length;

/** Draws into an element what is more than words. How is fetched with the first that is. */
export function rich(node: HTMLElement, shown: Shown) {
  let drawn: { update: (next: Shown) => void; destroy: () => void } | undefined;
  let gone = false;
  void import('../content/index.svelte').then(({ draw }) => gone || (drawn = draw(node, shown)));
  return {
    update: (next: Shown) => {
      shown = next;
      drawn?.update(next);
    },
    destroy: () => {
      gone = true;
      drawn?.destroy();
    },
  };
}
