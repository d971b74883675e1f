export { default as AwayBar } from './AwayBar.svelte';
export { default as StateMenu } from './StateMenu.svelte';
export { default as OfferCard } from './OfferCard.svelte';
export { offers } from './offers.svelte';
export { notices } from './notices.svelte';
export { able as tellsLock, allowed as askLock } from './lock';
export { liveActions } from './actions/state';
export { offerActions } from './actions/offers';
