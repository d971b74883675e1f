import CircleHelp from '@lucide/svelte/icons/circle-question-mark';
import Forward from '@lucide/svelte/icons/forward';
import Timer from '@lucide/svelte/icons/timer';
import type { Action } from '../../app/actions.svelte';
import { seat } from '../../app/seat.svelte';
import { t } from '../../app/texts.svelte';
import { current } from '../conversations';
import { asked } from './asked.svelte';
import { resting } from './resting.svelte';

const here = () => current.it?.summary !== undefined;

export const routingActions: Action[] = [
  { id: 'transfer', group: 'conversation', icon: Forward, name: () => t('action.transfer'), words: () => t('words.transfer'), shortcuts: ['shift+a'], when: here, perform: () => (asked.dialog = 'transfer') },
  { id: 'why', group: 'conversation', icon: CircleHelp, name: () => t('action.why'), words: () => t('words.why'), shortcuts: ['w'], when: here, perform: () => (asked.dialog = 'why') },
  { id: 'pause', group: 'me', icon: Timer, name: () => t('action.pause'), words: () => t('words.pause'), when: () => seat.state === 'online', perform: resting.begin },
  { id: 'pause.end', group: 'me', icon: Timer, name: () => t('action.pause.end'), words: () => t('words.pause'), when: () => resting.until !== undefined, perform: resting.end },
];
