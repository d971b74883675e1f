import type { Macro } from '$client';

/** The macro that is looked at before it is done. */
class Running {
  macro = $state.raw<Macro>();
}

export const running = new Running();
