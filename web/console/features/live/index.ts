export { default as AwayBar } from './AwayBar.svelte';
export { default as StateMenu } from './StateMenu.svelte';
export { notices } from './notices.svelte';
export { liveActions } from './actions/state';
