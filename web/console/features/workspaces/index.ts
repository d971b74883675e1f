import { late } from '../../app/late';

export { default as SignIn } from './SignIn.svelte';
export { care } from './care.svelte';
export const FirstSteps = late(() => import('./FirstSteps.svelte'), 'steps');
export { default as MailBar } from './MailBar.svelte';
export { default as Starting } from './Starting.svelte';
