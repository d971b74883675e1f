import type { Frame, Id } from '$client';
import { seat } from '../../app/seat.svelte';
import { Opened } from './opened.svelte';
import { outgoing } from './outgoing.svelte';

const most = 12;

/** The conversation on the screen. The last dozen are kept, so that going back and forth between them shows them at once. */
class Current {
  it = $state.raw<Opened>();
  #kept = new Map<Id, Opened>();

  constructor() {
    seat.hear((frame) => this.#take(frame));
    outgoing.onsent = (entry) => this.#kept.get(entry.conversation)?.add([entry]);
    setInterval(() => this.it?.settle(), 2_000);
  }

  show(id: Id | undefined) {
    if (this.it?.id === id) return;
    const before = this.it;
    if (before) {
      seat.stream?.withdraw(`open:${before.id}`, { type: 'close', conversation: before.id });
      before.typing = [];
    }
    if (!id || !seat.me) {
      this.it = undefined;
      return;
    }
    const known = this.#kept.get(id);
    const opened = known ?? new Opened(id);
    this.#kept.delete(id);
    this.#kept.set(id, opened);
    for (const old of [...this.#kept.keys()].slice(0, -most)) this.#kept.delete(old);
    if (known) opened.seenBefore = known.summary?.seen;
    this.it = opened;
    this.carry();
    void opened.load().then(() => {
      if (this.it !== opened || opened.failed) return;
      seat.stream?.stand(`open:${id}`, () => ({ type: 'open', conversation: id, after: opened.log.lastSeq }));
    });
  }

  /** Puts what the outbox holds at the end of the thread. */
  carry() {
    const { it } = this;
    if (!it) return;
    it.log.sending(outgoing.jobs.filter((job) => job.conversation === it.id));
    it.sync();
  }

  clear() {
    this.#kept.clear();
    this.it = undefined;
  }

  #take(frame: Frame) {
    if (frame.type === 'gone') {
      // The store was restored: what is here may never have happened.
      const id = this.it?.id;
      this.clear();
      this.show(id);
    } else this.it?.take(frame);
  }
}

export const current = new Current();
