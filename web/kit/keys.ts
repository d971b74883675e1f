/** Shortcuts as data: "mod+k", "shift+e", "g i" (a sequence). `mod` is ⌘ on a Mac and Ctrl elsewhere. */

export const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

const named: Record<string, string> = {
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  enter: '↵',
  escape: 'Esc',
  backspace: '⌫',
  space: '␣',
};

/** The caps to draw for a shortcut, in order: ["⌘", "K"], ["Ctrl", "K"], ["G", "I"]. */
export function caps(shortcut: string, mac = isMac): string[] {
  return shortcut.split(' ').flatMap((step) =>
    split(step).map((part) => {
      if (part === 'mod') return mac ? '⌘' : 'Ctrl';
      if (part === 'shift') return mac ? '⇧' : 'Shift';
      if (part === 'alt') return mac ? '⌥' : 'Alt';
      return named[part] ?? part.toUpperCase();
    }),
  );
}

/** The same for `aria-keyshortcuts`, which knows no sequences: those are left out. */
export function ariaKeys(shortcut: string, mac = isMac): string | undefined {
  if (shortcut.includes(' ')) return undefined;
  return split(shortcut)
    .map((p) => (p === 'mod' ? (mac ? 'Meta' : 'Control') : p.length === 1 ? p.toUpperCase() : p.charAt(0).toUpperCase() + p.slice(1)))
    .join('+');
}

/** One step as this event would be written, e.g. "mod+shift+k". Shift is left out for signs that need it to be typed ("?"). */
export function stepOf(event: KeyboardEvent, mac = isMac): string {
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase();
  const letter = /^\p{L}$|^\d$/u.test(key) || key.length > 1;
  let step = '';
  if (mac ? event.metaKey : event.ctrlKey) step += 'mod+';
  else if (event.ctrlKey || event.metaKey) step += 'other+';
  if (event.altKey) step += 'alt+';
  if (event.shiftKey && letter) step += 'shift+';
  return step + key;
}

/** What an arrow key means to a row of things: 1 on in the direction of reading, -1 back, 0 for any other key. */
export function along(event: KeyboardEvent): number {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? 0;
  return by && getComputedStyle(event.currentTarget as Element).direction === 'rtl' ? -by : by;
}

/** Whether typing goes somewhere: then plain letters are text, not commands. */
export function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit', 'range', 'color', 'file'].includes(target.type);
}

function split(step: string): string[] {
  // "mod++" is mod and plus
  return step === '+' ? ['+'] : step.endsWith('++') ? [...step.slice(0, -2).split('+').filter(Boolean), '+'] : step.split('+');
}
