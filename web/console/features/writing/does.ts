import type { MacroAction } from '$client';
import { seat } from '../../app/seat.svelte';
import { t } from '../../app/texts.svelte';
import { replies } from './replies.svelte';

/** The kinds of things that a macro can do, in the order in which they are offered. */
export const kinds = ['reply', 'label', 'unlabel', 'agent', 'team', 'priority', 'snoozeMinutes', 'close'] as const;
export type Kind = (typeof kinds)[number];

export const kindOf = (action: MacroAction): Kind => kinds.find((kind) => action[kind] !== undefined) ?? 'close';

/** One thing of a macro as a sentence. */
export function does(action: MacroAction): string {
  const kind = kindOf(action);
  switch (kind) {
    case 'reply':
      return t('macro.does.reply', { name: replies.all.find((reply) => reply.id === action.reply)?.name ?? '…' });
    case 'label':
      return t('macro.does.label', { label: action.label ?? '' });
    case 'unlabel':
      return t('macro.does.unlabel', { label: action.unlabel ?? '' });
    case 'agent':
      return t('macro.does.assign', { name: seat.agent(action.agent)?.name ?? '…' });
    case 'team':
      return t('macro.does.assign', { name: seat.team(action.team)?.name ?? '…' });
    case 'priority':
      return t('macro.does.priority', { priority: t(`priority.${action.priority ?? 'normal'}`) });
    case 'snoozeMinutes':
      return t('macro.does.snooze', { hours: Math.round((action.snoozeMinutes ?? 0) / 6) / 10 });
    case 'close':
      return t('macro.does.close');
  }
}
