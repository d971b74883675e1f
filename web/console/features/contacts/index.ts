export { default as Person } from './Person.svelte';
