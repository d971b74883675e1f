export { default as PushCard } from './PushCard.svelte';
export { followPushes } from './browser';
