import CalendarClock from '@lucide/svelte/icons/calendar-clock';
import SendHorizontal from '@lucide/svelte/icons/send-horizontal';
import Undo2 from '@lucide/svelte/icons/undo-2';
import type { Option } from '$kit/parts/options';
import type { Action } from '../../../app/actions.svelte';
import { clock } from '../../../app/clock.svelte';
import { complain } from '../../../app/refusals';
import { seat } from '../../../app/seat.svelte';
import { t, when as say } from '../../../app/texts.svelte';
import { composing } from '../composing.svelte';
import { current } from '../current.svelte';
import { customTime } from '../parts/customTime.svelte';
import type { Plan } from '../plans';
import { parseTime, presets } from '../presets';

const at = (time: number) => void composing.send(new Date(time).toISOString());

const sendLater: Action = {
  id: 'sendLater',
  group: 'conversation',
  icon: CalendarClock,
  name: () => t('action.sendLater'),
  shortcuts: ['mod+alt+enter'],
  when: () => current.it !== undefined && current.it.summary?.mode !== 'ended' && composing.mode === 'reply' && !composing.editing && composing.canSend,
  choose: {
    placeholder: () => t('action.sendLater.placeholder'),
    options: () => [
      ...presets(clock.now).map((preset): Option => ({ id: String(preset.at), name: say.moment(preset.at), icon: CalendarClock, words: t(`snooze.${preset.id}`) })),
      { id: 'custom', name: t('snooze.custom'), icon: CalendarClock },
    ],
    extra: (query) => {
      const time = parseTime(query, Date.now());
      return time ? { id: String(time), first: true, name: say.moment(time), icon: CalendarClock } : undefined;
    },
    pick: (id) => (id === 'custom' ? customTime.ask(t('action.sendLater'), at) : at(Number(id))),
  },
};

const waiting = () => current.it?.waiting ?? [];
const own = () => waiting().filter((plan) => plan.author.id === seat.me?.id);
const option = (plan: Plan): Option => ({ id: String(plan.seq), name: plan.content?.text || plan.content?.files?.[0]?.name || '…', icon: CalendarClock, hint: say.moment(plan.due!) });

export const takeBack = (plan: Plan) => void composing.takeBack(plan.conversation, plan.seq);

export function sendNow(plan: Plan) {
  seat.api.answering.sendNow(plan.conversation, plan.seq).catch(complain);
}

/** Of one it is done at once, of several one is chosen. */
const each = (action: Omit<Action, 'when' | 'choose' | 'group'>, plans: () => readonly Plan[], perform: (plan: Plan) => void): Action => ({
  ...action,
  group: 'conversation',
  when: () => plans().length > 0,
  choose: { placeholder: action.name, options: () => plans().map(option), pick: (id) => plans().filter((plan) => String(plan.seq) === id).forEach(perform) },
});

export const planning: Action[] = [
  sendLater,
  each({ id: 'plan.takeBack', icon: Undo2, name: () => t('action.plan.takeBack'), shortcuts: ['shift+z'] }, waiting, takeBack),
  each({ id: 'plan.sendNow', icon: SendHorizontal, name: () => t('action.plan.sendNow'), shortcuts: ['shift+x'] }, own, sendNow),
];
