export { deviceName } from './device';
export { safe, short } from './address';
export { languageName, localTime } from './visit';
export { default as Person } from './Person.svelte';
