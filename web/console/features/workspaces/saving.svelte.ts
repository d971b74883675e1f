import { Problem } from '$client';
import { toast } from '$kit/parts/toasts.svelte';
import { complain, say } from '../../app/refusals';
import { seat } from '../../app/seat.svelte';
import { t } from '../../app/texts.svelte';

/** Saves a change of settings: says that it is saved, or what stopped it, and learns anew what the rest of the console shows. */
export class Saving {
  busy = $state(false);
  #refused = $state.raw<Problem>();
  readonly #fields: readonly string[];

  /** The fields that say themselves why they were refused: what stands before the dot of a problem's code. */
  constructor(...fields: string[]) {
    this.#fields = fields;
  }

  async run<T>(task: () => Promise<T>, said: string = t('saved')): Promise<T | undefined> {
    this.busy = true;
    this.#refused = undefined;
    try {
      const result = await task();
      if (said) toast(said);
      await seat.refresh();
      return result;
    } catch (error) {
      if (error instanceof Problem && this.#fields.includes(fieldOf(error))) this.#refused = error;
      else complain(error);
      return undefined;
    } finally {
      this.busy = false;
    }
  }

  /** Why a field was refused; nothing if it was not. */
  of(field: string): string | undefined {
    return this.#refused && fieldOf(this.#refused) === field ? say(this.#refused) : undefined;
  }
}

const fieldOf = (problem: Problem) => problem.code.split('.')[0]!;
