import type { Macro } from '$client';
import { seat } from '../../app/seat.svelte';

/** What is done with one press though it is several things, in memory: what is chosen from must be there at once. */
class Macros {
  all = $state.raw<readonly Macro[]>([]);

  constructor() {
    seat.hear((frame) => frame.type === 'hello' && void this.load().catch(() => undefined));
  }

  async load() {
    this.all = await seat.api.answering.macros();
  }
}

export const macros = new Macros();
