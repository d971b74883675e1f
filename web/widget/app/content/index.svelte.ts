import { mount, unmount } from 'svelte';
import type { Shown } from '../thread/rich';
import Begin from './Begin.svelte';
import Content from './Content.svelte';

/** What a message may hold beside words. All of it is fetched with the first that does. */
export function draw(target: HTMLElement, shown: Shown) {
  let now = $state.raw(shown);
  // Looked up each time: who draws must hear of the next item.
  const drawn = shown.form
    ? mount(Begin, { target, props: { messenger: shown.messenger, thread: shown.thread, form: shown.form } })
    : mount(Content, { target, props: { get messenger() { return now.messenger; }, get thread() { return now.thread; }, get item() { return now.item!; } } });
  return {
    update: (next: Shown) => (now = next),
    destroy: () => void unmount(drawn),
  };
}
