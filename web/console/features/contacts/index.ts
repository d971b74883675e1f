export { deviceName } from './device';
export { safe, short } from './address';
export { languageName, localTime } from './visit';
export { default as Person } from './Person.svelte';
export { people } from './person.svelte';
export { default as Part } from './parts/Part.svelte';
