import type { ChannelTemplate, Delivery, Id, ThreadDelivery } from '$client';

/** How far messages got on the channel of the conversation that is looked at, where it has one: filled by what shows the channel. */
class Reach {
  conversation = $state.raw<Id>();
  /** Where they are answered by mail, and what stands below each. */
  mail = $state.raw<{ to: string; below?: string }>();
  states = $state.raw<ReadonlyMap<number, Delivery>>(new Map());
  /** Of whose way there is more to say than how far they are. */
  troubles = $state.raw<ReadonlyMap<number, ThreadDelivery>>(new Map());
  /** Texts that go though one may not write freely, and whether one of them is being chosen. */
  templates = $state.raw<ChannelTemplate[]>();
  templating = $state(false);
  /** Asks how far they are now. */
  look: () => void = () => undefined;

  /** Nothing where the customer reads on the web: then the thread itself knows. */
  of(conversation: Id, seq: number): Delivery | undefined {
    return this.conversation === conversation ? this.states.get(seq) : undefined;
  }

  trouble(conversation: Id, seq: number): ThreadDelivery | undefined {
    return this.conversation === conversation ? this.troubles.get(seq) : undefined;
  }
}

export const reach = new Reach();
