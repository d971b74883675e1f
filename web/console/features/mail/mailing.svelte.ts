import type { Id } from '$client';
import { seat } from '../../app/seat.svelte';

/** What is being mailed: something new, perhaps to somebody who is known; a message that is passed on; a whole conversation. */
export type Wish = { what: 'new'; to?: { contact: Id; name: string; address?: string } } | { what: 'forward'; conversation: Id; seq: number; subject?: string | undefined } | { what: 'transcript'; conversation: Id };

/** Channels of which one begins by writing to an address. */
const byAddress = new Set(['email']);

/** Whether this company has a mailbox at all. */
export const mails = () => seat.directory?.inboxes.some((inbox) => byAddress.has(inbox.channel)) === true;

class Mailing {
  wish = $state.raw<Wish>();
}

export const mailing = new Mailing();
