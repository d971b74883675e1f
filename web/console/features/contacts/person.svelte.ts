import type { Contact, Id, Summary } from '$client';
import { complain } from '../../app/refusals';
import { seat } from '../../app/seat.svelte';

interface Known {
  contact: Contact;
  conversations: Summary[];
}

/** What is known of the person beside the thread. Kept by person, so that going back and forth shows it at once and only freshens it. */
class People {
  /** Whose they are: what was asked for. The contact that answers may be another, where two turned out to be one person. */
  of = $state<Id>();
  contact = $state.raw<Contact>();
  conversations = $state.raw<Summary[]>([]);
  failed = $state(false);
  /** What is wished for by its name, and of whom: whatever does it begins with it once it stands there. */
  asked = $state.raw<{ what: 'note' | 'merge' | 'join' | 'block' | 'unblock'; of: Id }>();
  #kept = new Map<Id, Known>();

  async show(id: Id) {
    this.of = id;
    this.failed = false;
    const known = this.#kept.get(id);
    this.contact = known?.contact;
    this.conversations = known?.conversations ?? [];
    try {
      const [contact, conversations] = await Promise.all([seat.api.contact(id), seat.api.conversationsOf(id)]);
      this.#kept.set(id, { contact, conversations });
      if (contact.present) seat.presentContacts.add(contact.id);
      if (this.of !== id) return;
      this.contact = contact;
      this.conversations = conversations;
    } catch {
      // Shown in its place with a way to try again, unless there is something from before to show.
      if (this.of === id) this.failed = this.contact === undefined;
    }
  }

  async change(change: { name?: string; email?: string }) {
    const { of, contact: before } = this;
    if (!of || !before) return;
    this.contact = { ...before, ...change };
    try {
      const after = await seat.api.changeContact(before.id, change);
      const known = this.#kept.get(of);
      const contact = after?.id ? after : { ...before, ...change };
      if (known) this.#kept.set(of, { ...known, contact });
      if (this.of === of) this.contact = contact;
    } catch (error) {
      if (this.of === of) this.contact = before;
      throw error;
    }
  }

  /** What they are known as now, where somebody asked for a change of their own. */
  learned(contact: Contact) {
    const { of } = this;
    if (!of || this.contact?.id !== contact.id) return;
    this.#kept.set(of, { contact, conversations: this.conversations });
    this.contact = contact;
  }

  /** What is wished for of the person who is shown. */
  wished(): NonNullable<People['asked']>['what'] | undefined {
    return this.asked && this.asked.of === this.of ? this.asked.what : undefined;
  }

  /** Lets a blocked person speak again, or blocks them. */
  async block(on: boolean) {
    const { of, contact } = this;
    if (!of || !contact) return;
    try {
      const after = await seat.api.block(contact.id, on);
      const known = this.#kept.get(of);
      if (known) this.#kept.set(of, { ...known, contact: after });
      if (this.of === of) this.contact = after;
    } catch (error) {
      complain(error, () => void this.block(on));
    }
  }
}

export const people = new People();
