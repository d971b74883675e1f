export { default as SignIn } from './SignIn.svelte';
export { default as Starting } from './Starting.svelte';
