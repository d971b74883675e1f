import { late } from '../../app/late';

/** What becomes of a message that is being made. */
export const AsSent = late(() => import('./AsSent.svelte'), 'channels');
/** What stands above the field while one writes to somebody on a channel. */
export const OnChannel = late(() => import('./OnChannel.svelte'), 'channels');
/** Where one may not write freely: a text that goes all the same. */
export const Templates = late(() => import('./Templates.svelte'), 'channels');
/** Under a message that did not arrive, or not yet. */
export const Trouble = late(() => import('./Trouble.svelte'), 'channels');
export const ChannelsPage = late(() => import('./Channels.svelte'), 'channels', 'mailbox');
