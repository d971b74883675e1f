import AlarmClock from '@lucide/svelte/icons/alarm-clock';
import AlarmClockOff from '@lucide/svelte/icons/alarm-clock-off';
import Ban from '@lucide/svelte/icons/ban';
import CalendarClock from '@lucide/svelte/icons/calendar-clock';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import Hourglass from '@lucide/svelte/icons/hourglass';
import MailCheck from '@lucide/svelte/icons/mail-check';
import RotateCcw from '@lucide/svelte/icons/rotate-ccw';
import Truck from '@lucide/svelte/icons/users-round';
import type { PendingOn, Summary } from '$client';
import type { Option } from '$kit/parts/options';
import type { Action } from '../../../app/actions.svelte';
import { clock } from '../../../app/clock.svelte';
import { seat } from '../../../app/seat.svelte';
import { t, when as say } from '../../../app/texts.svelte';
import { parseTime, presets } from '../presets';
import { customTime } from '../parts/customTime.svelte';
import { decide, row } from './deciding';

const is = (...statuses: Summary['status'][]) => {
  const summary = row();
  return summary !== undefined && statuses.includes(summary.status);
};

const open = { status: 'open' as const };

export function snoozeUntil(at: number) {
  const until = new Date(at).toISOString();
  decide({
    foresee: { status: 'snoozed', snoozedUntil: until },
    send: (id) => seat.api.snooze(id, until),
    said: t('done.snoozed', { time: say.moment(until) }),
    undo: { foresee: open, send: (id) => seat.api.unsnooze(id) },
    leaves: true,
  });
}

const snooze: Action = {
  id: 'snooze',
  group: 'conversation',
  icon: AlarmClock,
  name: () => t('action.snooze'),
  words: () => t('words.snooze'),
  shortcuts: ['z', 'h'],
  when: () => is('open', 'pending', 'snoozed'),
  choose: {
    placeholder: () => t('action.snooze.placeholder'),
    options: () => [
      ...presets(clock.now).map((preset): Option => ({ id: String(preset.at), name: t(`snooze.${preset.id}`), icon: AlarmClock, hint: say.moment(preset.at) })),
      { id: 'custom', name: t('snooze.custom'), icon: CalendarClock },
    ],
    extra: (query) => {
      const at = parseTime(query, Date.now());
      return at ? { id: String(at), first: true, name: t('snooze.until', { time: say.moment(at) }), icon: AlarmClock } : undefined;
    },
    pick: (id) => (id === 'custom' ? customTime.ask(t('action.snooze'), snoozeUntil) : snoozeUntil(Number(id))),
  },
};

const wake: Action = {
  id: 'unsnooze',
  group: 'conversation',
  icon: AlarmClockOff,
  name: () => t('action.unsnooze'),
  when: () => is('snoozed'),
  perform: () => {
    const until = row()?.snoozedUntil;
    decide({
      foresee: open,
      send: (id) => seat.api.unsnooze(id),
      said: t('done.unsnoozed'),
      ...(until ? { undo: { foresee: { status: 'snoozed', snoozedUntil: until }, send: (id) => seat.api.snooze(id, until) } } : {}),
    });
  },
};

const pend = (id: string, on: PendingOn, shortcut: string): Action => ({
  id,
  group: 'conversation',
  icon: on === 'customer' ? Hourglass : Truck,
  name: () => t(on === 'customer' ? 'action.pending.customer' : 'action.pending.thirdParty'),
  words: () => t('words.pending'),
  shortcuts: [shortcut],
  when: () => is('open', 'snoozed') || (is('pending') && row()?.pendingOn !== on),
  perform: () =>
    decide({
      foresee: { status: 'pending', pendingOn: on },
      send: (conversation) => seat.api.pend(conversation, on),
      said: t(on === 'customer' ? 'done.pending.customer' : 'done.pending.thirdParty'),
      undo: { foresee: open, send: (conversation) => seat.api.unpend(conversation) },
    }),
});

const unpend: Action = {
  id: 'unpend',
  group: 'conversation',
  icon: RotateCcw,
  name: () => t('action.unpend'),
  shortcuts: ['p'],
  when: () => is('pending'),
  perform: () => {
    const on = row()?.pendingOn ?? 'customer';
    decide({
      foresee: open,
      send: (id) => seat.api.unpend(id),
      said: t('done.unpended'),
      undo: { foresee: { status: 'pending', pendingOn: on }, send: (id) => seat.api.pend(id, on) },
    });
  },
};

const close: Action = {
  id: 'close',
  group: 'conversation',
  icon: CircleCheck,
  name: () => t('action.close'),
  words: () => t('words.close'),
  shortcuts: ['e', 'mod+shift+enter'],
  when: () => is('open', 'pending', 'snoozed'),
  perform: () =>
    decide({
      foresee: { status: 'closed' },
      send: (id) => seat.api.close(id),
      said: t('done.closed'),
      undo: { foresee: open, send: (id) => seat.api.reopen(id) },
      leaves: true,
    }),
};

const reopen: Action = {
  id: 'reopen',
  group: 'conversation',
  icon: RotateCcw,
  name: () => t('action.reopen'),
  shortcuts: ['shift+e', 'e'],
  when: () => is('closed'),
  perform: () =>
    decide({
      foresee: open,
      send: (id) => seat.api.reopen(id),
      said: t('done.reopened'),
      undo: { foresee: { status: 'closed' }, send: (id) => seat.api.close(id) },
    }),
};

const spam: Action = {
  id: 'spam',
  group: 'conversation',
  icon: Ban,
  name: () => t('action.spam'),
  words: () => t('words.spam'),
  shortcuts: ['!'],
  when: () => row() !== undefined && !row()!.spam,
  perform: () => {
    const { status } = row()!;
    decide({
      foresee: { spam: true, status: 'closed' },
      send: (id) => seat.api.spam(id, true),
      said: t('done.spam'),
      undo: { foresee: { spam: false, status: status === 'closed' ? status : 'open' }, send: (id) => seat.api.spam(id, false) },
      leaves: true,
    });
  },
};

const noSpam: Action = {
  id: 'noSpam',
  group: 'conversation',
  icon: MailCheck,
  name: () => t('action.noSpam'),
  words: () => t('words.spam'),
  shortcuts: ['!'],
  when: () => row()?.spam === true,
  perform: () =>
    decide({
      foresee: { spam: false, status: 'open' },
      send: (id) => seat.api.spam(id, false),
      said: t('done.noSpam'),
      undo: { foresee: { spam: true, status: 'closed' }, send: (id) => seat.api.spam(id, true) },
      leaves: true,
    }),
};

export const resting = [close, reopen, spam, noSpam, snooze, wake, pend('pending.customer', 'customer', 'p'), pend('pending.thirdParty', 'thirdParty', 'shift+p'), unpend];
