import { late } from '../../app/late';

export { care } from './care.svelte';
export const FirstSteps = late(() => import('./FirstSteps.svelte'), 'steps');
export const SignIn = late(() => import('./SignIn.svelte'));
export { default as MailBar } from './MailBar.svelte';
export { default as Starting } from './Starting.svelte';
