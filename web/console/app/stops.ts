import { typing } from '$kit';

const ways: Record<string, number> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

/** Which one comes next: from where one stands, else from the one that is open, else the first. */
export function next<T>(all: readonly T[], at: T | undefined, open: T | undefined, by: number): T | undefined {
  const from = all.indexOf((at !== undefined && all.includes(at) ? at : open) as T);
  return all[from < 0 ? 0 : Math.min(all.length - 1, Math.max(0, from + by))];
}

const seeks = (key: string, target: EventTarget | null) => key === 'ArrowDown' && target instanceof HTMLInputElement && target.type === 'search';

/** Up and down through a screen that is no list of conversations: letters from wherever one is, arrows unless the focus is in something else; down out of where one seeks. */
export const stops = (those: string) => (list: HTMLElement) => {
  const pressed = (event: KeyboardEvent) => {
    const by = ways[event.key];
    if (!by || event.defaultPrevented || event.altKey || event.metaKey || event.ctrlKey || (typing(event.target) && !seeks(event.key, event.target)) || document.querySelector('dialog[open], :popover-open:not(.parley-tip)')) return;
    const at = document.activeElement as HTMLElement | null;
    if (event.key.length > 1 && at !== document.body && !list.contains(at)) return;
    const all = [...list.querySelectorAll<HTMLElement>(those)].filter((each) => each.offsetParent !== null);
    event.preventDefault();
    next(all, at ?? undefined, list.querySelector<HTMLElement>('[aria-current]') ?? undefined, by)?.focus();
  };
  addEventListener('keydown', pressed);
  // Whoever came by keys, and left what had the focus behind, stands here.
  if (document.activeElement === document.body) {
    list.tabIndex = -1;
    list.focus({ preventScroll: true });
  }
  return () => removeEventListener('keydown', pressed);
};
