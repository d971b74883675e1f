import type { Delivery, Id } from '$client';

/** How far messages got on the channel of the conversation that is looked at, where it has one: filled by what shows the channel. */
class Reach {
  conversation = $state.raw<Id>();
  /** Where they are answered by mail, and what stands below each. */
  mail = $state.raw<{ to: string; below?: string }>();
  states = $state.raw<ReadonlyMap<number, Delivery>>(new Map());

  /** Nothing where the customer reads on the web: then the thread itself knows. */
  of(conversation: Id, seq: number): Delivery | undefined {
    return this.conversation === conversation ? this.states.get(seq) : undefined;
  }
}

export const reach = new Reach();
