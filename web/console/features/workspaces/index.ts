export { default as SignIn } from './SignIn.svelte';
export { care } from './care.svelte';
export { default as FirstSteps } from './FirstSteps.svelte';
export { default as MailBar } from './MailBar.svelte';
export { default as Starting } from './Starting.svelte';
