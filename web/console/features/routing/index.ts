import { late } from '../../app/late';

export { routing } from './api';
export { filledOf, skillsOf, writtenSkills, fieldsOf, writtenFields } from './written';
export { asked } from './asked.svelte';
export { resting } from './resting.svelte';
export { routingActions } from './actions';
/** To pass on, and why: what lies over the thread. */
export const Handing = late(() => import('./Handing.svelte'), 'routing');
