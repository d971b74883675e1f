import { late } from '../../app/late';

export const PushCard = late(() => import('./PushCard.svelte'), 'notifications');
export { followPushes } from './browser';
