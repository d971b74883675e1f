import CalendarCheck from '@lucide/svelte/icons/calendar-check';
import PhoneOff from '@lucide/svelte/icons/phone-off';
import Users from '@lucide/svelte/icons/users';
import type { Option } from '$kit/parts/options';
import type { Action } from '../../../app/actions.svelte';
import { clock } from '../../../app/clock.svelte';
import { seat } from '../../../app/seat.svelte';
import { t, when as say } from '../../../app/texts.svelte';
import { parseTime, presets, type PresetId } from '../presets';
import { customTime } from '../parts/customTime.svelte';
import { decide, row } from './deciding';

const isLive = () => ['live', 'paused'].includes(row()?.mode ?? '');
/** Somebody waits for an answer, or is being talked with. */
const owes = () => row() !== undefined && row()!.status !== 'closed' && row()!.mode !== 'ended' && (isLive() || row()!.waitingSince !== undefined);

function by(at?: number) {
  const time = at && new Date(at).toISOString();
  decide({
    foresee: { mode: 'messaging', ...(time ? { promise: { due: time, ground: 'agent' as const } } : {}) },
    send: (id) => seat.api.later(id, time || undefined),
    said: at ? t('done.later', { time: say.moment(at) }) : t('done.laterSoon'),
  });
}

/** What is a span in snoozing is an end here: nobody comes back “for an hour”. */
const named = (id: PresetId) => (id === 'hour' || id === 'threeHours' ? (`later.${id}` as const) : (`snooze.${id}` as const));

const later: Action = {
  id: 'later',
  group: 'conversation',
  icon: CalendarCheck,
  name: () => t('action.later'),
  words: () => t('words.later'),
  shortcuts: ['b'],
  when: owes,
  choose: {
    placeholder: () => t('action.later.placeholder'),
    options: () => [
      ...presets(clock.now).filter(({ id }) => id !== 'month').slice(0, 5).map((preset): Option => ({ id: String(preset.at), name: t(named(preset.id)), icon: CalendarCheck, hint: say.moment(preset.at) })),
      { id: 'custom', name: t('snooze.custom'), icon: CalendarCheck },
      { id: 'soon', name: t('later.soon'), icon: Users },
    ],
    extra: (query) => {
      const at = parseTime(query, Date.now());
      return at ? { id: String(at), first: true, name: t('snooze.until', { time: say.moment(at) }), icon: CalendarCheck } : undefined;
    },
    pick: (id) => (id === 'custom' ? customTime.ask(t('later.promise'), by) : by(id === 'soon' ? undefined : Number(id))),
  },
};

const end: Action = {
  id: 'endTalk',
  group: 'conversation',
  icon: PhoneOff,
  name: () => t('action.endTalk'),
  words: () => t('words.endTalk'),
  when: isLive,
  perform: () => decide({ foresee: { mode: 'messaging' }, send: (id) => seat.api.endTalk(id), said: t('done.talkEnded') }),
};

export const talking = [later, end];
