import type { Priority, Summary } from '$client';
import type { Filters } from './filters';
import { lists } from './lists.svelte';

/** The filter chips as they stand. They hold for the view one is in and are dropped when one leaves it. */
class Narrowing {
  filters = $state.raw<Filters>({});
  unread = $state(false);
  priority = $state<Priority>();

  get any(): boolean {
    return this.unread || this.priority !== undefined || Object.keys(this.filters).length > 0;
  }

  /** What only this screen narrows by: the rest the server leaves out. Where one is stays. */
  shown(rows: readonly Summary[], current: string | undefined): readonly Summary[] {
    if (!this.unread && !this.priority) return rows;
    return rows.filter((row) => row.id === current || ((!this.unread || lists.isUnread(row)) && (!this.priority || row.priority === this.priority)));
  }

  set<K extends keyof Filters>(key: K, value: Filters[K] | undefined) {
    const { [key]: _, ...rest } = this.filters;
    this.filters = (value === undefined ? rest : { ...rest, [key]: value }) as Filters;
  }

  clear() {
    this.filters = {};
    this.unread = false;
    this.priority = undefined;
  }
}

export const narrowing = new Narrowing();
