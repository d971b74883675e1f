import type { Action } from '../../app/actions.svelte';
import { assigning } from './actions/assigning';
import { inserting } from './actions/inserting';
import { macroActions } from './actions/macros';
import { planning } from './actions/planning';
import { replying } from './actions/replying';
import { resting } from './actions/resting';
import { sorting } from './actions/sorting';
import { talking } from './actions/talking';
import { writing } from './actions/writing';

export { default as Conversation } from './Conversation.svelte';
export { composing } from './composing.svelte';
export { current } from './current.svelte';
export { outgoing } from './outgoing.svelte';
export { reach } from './reach.svelte';
export { presets } from './presets';
export { panel } from './panel.svelte';
export { attention } from './attention.svelte';
export { announced } from './announced.svelte';
export { setLabel } from './actions/sorting';

export const conversationActions: Action[] = [...writing, ...replying, ...macroActions, ...inserting, ...assigning, ...resting, ...talking, ...planning, ...sorting];
