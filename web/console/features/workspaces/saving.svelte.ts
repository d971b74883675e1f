import { toast } from '$kit/parts/toasts.svelte';
import { complain } from '../../app/refusals';
import { seat } from '../../app/seat.svelte';
import { t } from '../../app/texts.svelte';

/** Saves a change of settings: says that it is saved, or what stopped it, and learns anew what the rest of the console shows. */
export class Saving {
  busy = $state(false);

  async run<T>(task: () => Promise<T>, said: string = t('saved')): Promise<T | undefined> {
    this.busy = true;
    try {
      const result = await task();
      toast(said);
      await seat.refresh();
      return result;
    } catch (error) {
      complain(error);
      return undefined;
    } finally {
      this.busy = false;
    }
  }
}
