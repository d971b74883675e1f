import { stepOf, typing } from '$kit';
import type { Icon, Option } from '$kit/parts/options';

export type Group = 'conversation' | 'go' | 'look' | 'me';

/** What an action lets one choose from. The palette, the dialog and the menu at a button all draw it from here. */
export interface Choosing {
  placeholder: () => string;
  options: () => Option[];
  pick: (id: string) => void;
  /** An option made of what was typed. */
  extra?: (query: string) => Option | undefined;
  /** Stays open after a pick: one sets several labels in a row. */
  several?: boolean;
}

/** Everything one can do, as data: palette, menus, buttons, shortcuts and tooltips are drawn from it. */
export interface Action {
  id: string;
  group: Group;
  icon: Icon;
  name: () => string;
  /** "e", "mod+k", "g m"; the first is shown, all of them work. */
  shortcuts?: readonly string[];
  words?: () => string;
  /** Whether it makes sense now; absent: always. */
  when?: () => boolean;
  checked?: () => boolean;
  danger?: boolean;
  /** Not worth a line in the palette (it needs a key to make sense). */
  silent?: boolean;
  choose?: Choosing;
  perform?: () => void;
}

const registry: Action[] = [];

export function register(...actions: Action[]) {
  for (const action of actions) {
    if (registry.some((a) => a.id === action.id)) throw new Error(`Two actions are called ${action.id}.`);
    registry.push(action);
  }
}

export function action(id: string): Action {
  const found = registry.find((a) => a.id === id);
  if (!found) throw new Error(`There is no action ${id}.`);
  return found;
}

export const all = (): readonly Action[] => registry;
export const possible = (a: Action): boolean => a.when?.() ?? true;

/** What is being chosen: an action's own list, in the middle or at the button that was pressed. */
class Chooser {
  of = $state.raw<Action>();
  anchor = $state.raw<HTMLElement>();

  show(of: Action, anchor?: HTMLElement) {
    this.anchor = anchor;
    this.of = of;
  }

  close() {
    this.of = undefined;
    this.anchor = undefined;
  }
}

export const chooser = new Chooser();

export function run(a: Action, anchor?: HTMLElement) {
  if (!possible(a)) return;
  if (a.choose) chooser.show(a, anchor);
  else a.perform?.();
}

/** An action as a line of a menu or of the palette. */
export function asOption(a: Action, group?: string): Option {
  return {
    id: a.id,
    name: a.name(),
    icon: a.icon,
    shortcut: a.shortcuts?.[0],
    group,
    words: a.words?.(),
    checked: a.checked?.(),
    danger: a.danger,
  };
}

let begun = '';
let begunAt = 0;

/** Finds what a key press means. Plain letters are left alone while somebody types; a sequence has a second for its next step. */
export function pressed(event: KeyboardEvent) {
  if (event.defaultPrevented || event.isComposing || event.repeat) return;
  if (['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return;
  if (document.querySelector('dialog[open]')) return;
  const step = stepOf(event);
  const command = step.startsWith('mod+');
  if (!command && (typing(event.target) || document.querySelector(':popover-open:not(.parley-tip)'))) return;
  const sequence = begun && event.timeStamp - begunAt < 1000 ? `${begun} ${step}` : step;
  begun = '';
  const hit = registry.find((a) => a.shortcuts?.includes(sequence) && possible(a)) ?? registry.find((a) => a.shortcuts?.includes(step) && possible(a));
  if (hit) {
    event.preventDefault();
    run(hit);
  } else if (registry.some((a) => a.shortcuts?.some((s) => s.startsWith(step + ' ')))) {
    begun = step;
    begunAt = event.timeStamp;
  }
}
