import type { Component } from 'svelte';

/** What belongs into screens that stand before it is fetched: empty until then. */
class Slots {
  /** Above the field of a thread. */
  beside = $state.raw<Component<{ id: string }>>();
  /** In a row of the list. */
  row = $state.raw<Component<{ id: string }>>();
}

export const slots = new Slots();
