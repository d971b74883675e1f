import type { Item } from '$client';

/**
 * Watches what is really before the visitor's eyes: half of a message in sight counts as read, opening the thread does not.
 * `watch` is an action for the element of a message.
 */
export function eyes(saw: (seq: number) => void) {
  let newest = 0;
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) newest = Math.max(newest, Number((target as HTMLElement).dataset['seq']));
      saw(newest);
    },
    { threshold: 0.5 },
  );
  return {
    again: () => saw(newest),
    /** What comes next is of another thread, whose numbers say nothing of this one's. */
    anew: () => void (newest = 0),
    close: () => observer.disconnect(),
    watch(node: HTMLElement, item: Item) {
      const mind = (now: Item) => {
        if (now.mine || !now.seq || node.dataset['seq'] === `${now.seq}`) return;
        node.dataset['seq'] = `${now.seq}`;
        observer.observe(node);
      };
      mind(item);
      return { update: mind, destroy: () => observer.unobserve(node) };
    },
  };
}
