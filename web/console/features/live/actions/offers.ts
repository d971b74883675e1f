import Check from '@lucide/svelte/icons/check';
import Forward from '@lucide/svelte/icons/forward';
import type { Action } from '../../../app/actions.svelte';
import { t } from '../../../app/texts.svelte';
import { offers } from '../offers.svelte';

const answer = (answer: 'accept' | 'decline') => offers.first && void offers.answer(offers.first, answer);

export const offerActions: Action[] = [
  {
    id: 'offer.accept',
    group: 'conversation',
    icon: Check,
    name: () => t('action.offer.accept'),
    words: () => t('words.offer'),
    shortcuts: ['shift+y'],
    when: () => Boolean(offers.first),
    perform: () => answer('accept'),
  },
  {
    id: 'offer.decline',
    group: 'conversation',
    icon: Forward,
    name: () => t('action.offer.decline'),
    words: () => t('words.offer'),
    shortcuts: ['shift+n'],
    when: () => Boolean(offers.first),
    perform: () => answer('decline'),
  },
];
