export { default as Inbox } from './Inbox.svelte';
export { lists } from './lists.svelte';
export { default as ModePill } from './parts/ModePill.svelte';
export { default as PromiseChip } from './parts/PromiseChip.svelte';
export { default as ConversationRow } from './parts/ConversationRow.svelte';
export { rail, viewName, viewIcon } from './views';
export { saved } from './saved.svelte';
export { default as SavedViews } from './parts/SavedViews.svelte';
export { inboxActions } from './actions/going';
