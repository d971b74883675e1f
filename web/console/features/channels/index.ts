import { late } from '../../app/late';

/** What becomes of a message that is being made. */
export const AsSent = late(() => import('./AsSent.svelte'), 'channels');
/** What stands above the field while one writes to somebody on a channel. */
export const OnChannel = late(() => import('./OnChannel.svelte'), 'channels');
export const ChannelsPage = late(() => import('./Channels.svelte'), 'channels', 'mailbox');
