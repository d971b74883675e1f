import Check from '@lucide/svelte/icons/check';
import Forward from '@lucide/svelte/icons/forward';
import { tick } from 'svelte';
import { action, run, type Action } from '../../../app/actions.svelte';
import { t } from '../../../app/texts.svelte';
import { width } from '../../../app/width.svelte';
import { offers } from '../offers.svelte';

/** What was accepted is there to be answered: whoever types on must not press shortcuts. On a telephone the keyboard would cover what was asked. */
async function answer(answer: 'accept' | 'decline') {
  if (!offers.first || !(await offers.answer(offers.first, answer)) || width.narrow) return;
  await tick();
  run(action('reply'));
}

export const offerActions: Action[] = [
  {
    id: 'offer.accept',
    group: 'conversation',
    icon: Check,
    name: () => t('action.offer.accept'),
    words: () => t('words.offer'),
    shortcuts: ['shift+y'],
    when: () => Boolean(offers.first),
    perform: () => void answer('accept'),
  },
  {
    id: 'offer.decline',
    group: 'conversation',
    icon: Forward,
    name: () => t('action.offer.decline'),
    words: () => t('words.offer'),
    shortcuts: ['shift+n'],
    when: () => Boolean(offers.first),
    perform: () => void answer('decline'),
  },
];
