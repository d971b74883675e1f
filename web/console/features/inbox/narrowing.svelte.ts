import type { Filters } from './filters';

/** The filter chips as they stand. They hold for the view one is in and are dropped when one leaves it. */
class Narrowing {
  filters = $state.raw<Filters>({});
  unread = $state(false);

  get any(): boolean {
    return this.unread || Object.keys(this.filters).length > 0;
  }

  set<K extends keyof Filters>(key: K, value: Filters[K] | undefined) {
    const { [key]: _, ...rest } = this.filters;
    this.filters = (value === undefined ? rest : { ...rest, [key]: value }) as Filters;
  }

  clear() {
    this.filters = {};
    this.unread = false;
  }
}

export const narrowing = new Narrowing();
