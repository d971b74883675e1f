import Footprints from '@lucide/svelte/icons/footprints';
import MessageCirclePlus from '@lucide/svelte/icons/message-circle-plus';
import type { Action } from '../../app/actions.svelte';
import { late } from '../../app/late';
import { route } from '../../app/route.svelte';
import { t } from '../../app/texts.svelte';
import { current } from '../conversations';
import { first } from './first.svelte';

export { first } from './first.svelte';
export const Visitors = late(() => import('./Visitors.svelte'), 'visitors');
export const First = late(() => import('./First.svelte'), 'visitors');
export const Way = late(() => import('./Way.svelte'), 'visitors');

export const visitorActions: Action[] = [
  { id: 'visitors', group: 'go', icon: Footprints, name: () => t('action.visitors'), words: () => t('words.visitors'), shortcuts: ['g o'], perform: () => route.go({ screen: 'visitors' }) },
  {
    id: 'first', group: 'conversation', icon: MessageCirclePlus, name: () => t('action.first'), when: () => current.it?.summary !== undefined,
    perform: () => (first.to = { contact: current.it!.summary!.contact.id, ...(current.it!.summary!.contact.name ? { name: current.it!.summary!.contact.name } : {}) }),
  },
];
