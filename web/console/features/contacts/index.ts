export { deviceName } from './device';
export { default as Person } from './Person.svelte';
