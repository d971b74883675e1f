import { late, soon } from '../../app/late';

/** Above and below the words of a mail in its thread. */
export const MailHead = late(() => import('./MailHead.svelte'), 'mail');
export const MailFoot = late(() => import('./MailFoot.svelte'), 'mail');
/** Around the field where somebody is answered by mail. */
export const MailFields = late(() => import('./MailFields.svelte'), 'mail');
export const MailUnder = late(() => import('./MailUnder.svelte'), 'mail');
/** Dialogs: a new mail, a message passed on, a conversation by mail. */
export const Mailing = soon(() => import('./Mailing.svelte'), 'mail');
export { mailing } from './mailing.svelte';
export { mailActions } from './actions';
