import Gauge from '@lucide/svelte/icons/gauge';
import Ear from '@lucide/svelte/icons/ear';
import Hand from '@lucide/svelte/icons/hand';
import { toast } from '$kit/parts/toasts.svelte';
import type { Action } from '../../app/actions.svelte';
import { late } from '../../app/late';
import { route } from '../../app/route.svelte';
import { seat } from '../../app/seat.svelte';
import { t } from '../../app/texts.svelte';
import { asked } from './watching.svelte';

export { watches } from './watching.svelte';
export const Supervision = late(() => import('./Supervision.svelte'), 'supervision');
export const Watching = late(() => import('./Watching.svelte'), 'supervision');

/** Whoever had it is told: their words stay where they were begun. */
export const hearTaken = (): (() => void) =>
  seat.hear((frame) => {
    if (frame.type !== 'event' || frame.entry?.type !== 'assigned') return;
    const { fromAgent, agent, author } = frame.entry;
    if (fromAgent && fromAgent === seat.me?.id && agent && agent !== fromAgent && author.id === agent) toast(t('taken.over', { name: author.name ?? '–' }));
  });

/** Looks after others: sees how it stands, and what they write. */
export const supervises = (): boolean => seat.governs || seat.me?.role === 'supervisor';

export const supervisionActions: Action[] = [
  { id: 'supervision', group: 'go', icon: Gauge, name: () => t('action.supervision'), words: () => t('words.supervision'), shortcuts: ['g w'], when: supervises, perform: () => route.go({ screen: 'supervision' }) },
  { id: 'whisper', group: 'conversation', icon: Ear, name: () => t('action.whisper'), shortcuts: ['shift+w'], when: () => asked.whisper !== undefined, perform: () => asked.whisper?.() },
  { id: 'takeOver', group: 'conversation', icon: Hand, name: () => t('action.takeOver'), shortcuts: ['shift+t'], when: () => route.place.screen === 'supervision' && route.conversation !== undefined && !asked.taking, perform: () => (asked.taking = true) },
];
