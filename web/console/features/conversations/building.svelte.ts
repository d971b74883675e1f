import type { Kind } from './contents';

/** What is being made to be sent beside words; nothing while nothing is. */
class Building {
  kind = $state.raw<Kind>();
}

export const building = new Building();
