import type { Contact, Id, Summary } from '$client';
import { seat } from '../../app/seat.svelte';

interface Known {
  contact: Contact;
  conversations: Summary[];
}

/** What is known of the person beside the thread. Kept by person, so that going back and forth shows it at once and only freshens it. */
class People {
  contact = $state.raw<Contact>();
  conversations = $state.raw<Summary[]>([]);
  failed = $state(false);
  #kept = new Map<Id, Known>();
  #wanted: Id | undefined;

  async show(id: Id) {
    this.#wanted = id;
    this.failed = false;
    const known = this.#kept.get(id);
    this.contact = known?.contact;
    this.conversations = known?.conversations ?? [];
    try {
      const [contact, conversations] = await Promise.all([seat.api.contact(id), seat.api.conversationsOf(id)]);
      this.#kept.set(id, { contact, conversations });
      if (contact.present) seat.presentContacts.add(id);
      if (this.#wanted !== id) return;
      this.contact = contact;
      this.conversations = conversations;
    } catch {
      // Shown in its place with a way to try again, unless there is something from before to show.
      if (this.#wanted === id) this.failed = this.contact === undefined;
    }
  }

  async change(change: { name?: string; email?: string }) {
    const before = this.contact;
    if (!before) return;
    this.contact = { ...before, ...change };
    try {
      const after = await seat.api.changeContact(before.id, change);
      const known = this.#kept.get(before.id);
      const contact = after?.id ? after : { ...before, ...change };
      if (known) this.#kept.set(before.id, { ...known, contact });
      if (this.#wanted === before.id) this.contact = contact;
    } catch (error) {
      if (this.#wanted === before.id) this.contact = before;
      throw error;
    }
  }
}

export const people = new People();
