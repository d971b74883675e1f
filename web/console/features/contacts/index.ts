import { soon } from '../../app/late';

export { deviceName } from './device';
export { safe, short } from './address';
export { languageName, localTime } from './visit';
/** Beside the thread, where there is room. */
export const Person = soon(() => import('./Person.svelte'), 'contacts');
export { people } from './person.svelte';
export { default as Part } from './parts/Part.svelte';
