export { drafts } from './kept.svelte';
export { replies } from './replies.svelte';
export { filled, names } from './placeholders';
export { slashAt } from './slash';
export { macros } from './macros.svelte';
export { does, kindOf, kinds, type Kind } from './does';
