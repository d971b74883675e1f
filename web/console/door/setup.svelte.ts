import type { Brand, Inbox } from '$client';
import type { Language } from '$kit';
import { seat } from '../app/seat.svelte';
import { spoken } from '../app/texts.svelte';

export const steps = ['account', 'company', 'look', 'site', 'hello'] as const;
export type Step = (typeof steps)[number];

/** What the newcomer has said so far; drawn beside every step, saved or not. */
class Setup {
  at = $state(0);
  name = $state('');
  company = $state('');
  language = $state<Language>('en');
  /** As the server begins a brand, so that nothing changes under the newcomer's eyes. */
  color = $state('#3457d5');
  greeting = $state('');
  inbox = $state.raw<Inbox>();

  get step(): Step {
    return steps[this.at]!;
  }

  get brand(): Brand | undefined {
    return seat.directory?.brands.find((brand) => brand.id === this.inbox?.brand) ?? seat.directory?.brands[0];
  }

  /** After the first step somebody is signed in, and there is an inbox. */
  async arrived() {
    this.language = spoken.language;
    await seat.refresh();
    await this.learn();
    this.color = this.brand?.color ?? this.color;
    // Whoever founds it is there for its first customers. Should that fail, the desk says that they are away, with a button.
    await seat.setState('online').catch(() => undefined);
  }

  async learn() {
    this.inbox = (await seat.api.inboxes())[0];
    this.greeting = this.inbox?.texts?.[this.language]?.greeting ?? this.brand?.texts?.[this.language]?.greeting ?? '';
  }

  next() {
    if (this.at < steps.length - 1) this.at++;
    else leave();
  }
}

export const setup = new Setup();

/** To the console, where what was left out waits in a list. */
export function leave(place = '') {
  location.assign(`/${place}`);
}
