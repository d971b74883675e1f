import type { attention, composing, current } from '../conversations';

/** What stands on the first screen already. It is handed over and not imported, so that it stays in one piece there. */
export interface Stage {
  attention: typeof attention;
  composing: typeof composing;
  current: typeof current;
}

export const stage = {} as Stage;
