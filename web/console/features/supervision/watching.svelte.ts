import { route } from '../../app/route.svelte';
import { seat } from '../../app/seat.svelte';

/** Whoever looks after a conversation of somebody else sees it without being seen: nothing is read, nothing is typed. */
export const watches = (holder: string | undefined): boolean => route.place.screen === 'supervision' && holder !== seat.me?.id;

/** What the keys ask of the bar below a thread that is watched. */
export const asked = $state<{ whisper: (() => void) | undefined; taking: boolean }>({ whisper: undefined, taking: false });
