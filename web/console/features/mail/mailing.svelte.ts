import type { Id, Mailbox } from '$client';
import { seat } from '../../app/seat.svelte';

/** What is being mailed: something new, perhaps to somebody who is known; a message that is passed on; a whole conversation. */
export type Wish = { what: 'new'; to?: { contact?: Id; name: string; address?: string } } | { what: 'forward'; conversation: Id; seq: number; subject?: string | undefined } | { what: 'transcript'; conversation: Id };

class Mailing {
  wish = $state.raw<Wish>();
  /** By which inboxes whoever sits here can begin by writing to an address. The server knows which channels can. */
  boxes = $state.raw<readonly Mailbox[]>([]);
  #asked = new Set<Id>();

  constructor() {
    // Of an inbox that writes by another way than the widget and is not known, it is asked once: it may have been set up meanwhile.
    seat.hear((frame) => {
      const row = frame.type === 'event' ? frame.summary : undefined;
      const strange = row && row.channel !== 'web' && !this.#asked.has(row.inbox) && !this.boxes.some((box) => box.inbox === row.inbox);
      if (strange) this.#asked.add(row.inbox);
      if (strange || frame.type === 'hello') void this.learn();
    });
  }

  async learn() {
    const me = seat.me?.id;
    try {
      const { items } = await seat.http.get<{ items: Mailbox[] }>('/v1/mailboxes');
      if (me === seat.me?.id) this.boxes = items;
    } catch {
      // What was known stays; the next line asks again.
    }
  }
}

export const mailing = new Mailing();

/** Whether there is a mailbox at all by which they can write. */
export const mails = () => mailing.boxes.length > 0;
