import type { Component } from 'svelte';

/** What belongs into screens that stand before it is fetched: empty until then. */
class Slots {
  /** Above the field of a thread. */
  beside = $state.raw<Component<{ id: string }>>();
  /** Whether words should not go yet: they would go over a colleague's, and nobody has said so. Asked again they go. */
  over: (conversation: string, begun: number) => boolean = () => false;
  /** In a row of the list. */
  row = $state.raw<Component<{ id: string }>>();
}

export const slots = new Slots();
