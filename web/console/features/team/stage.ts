import type { people } from '../contacts';
import type { attention, composing, current, panel, presets } from '../conversations';
import type { lists } from '../inbox';
import type { macros } from '../writing';

/** What stands on the first screen already. It is handed over and not imported, so that it stays in one piece there. */
export interface Stage {
  attention: typeof attention;
  composing: typeof composing;
  current: typeof current;
  lists: typeof lists;
  macros: typeof macros;
  panel: typeof panel;
  people: typeof people;
  presets: typeof presets;
}

export const stage = {} as Stage;
