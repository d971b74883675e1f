import UserCheck from '@lucide/svelte/icons/user-round-check';
import { toast } from '$kit/parts/toasts.svelte';
import type { Action } from '../../app/actions.svelte';
import { complain } from '../../app/refusals';
import { seat } from '../../app/seat.svelte';
import { t } from '../../app/texts.svelte';
import { routing } from '../routing/api';
import { stage } from './stage';

const contact = () => stage.current.it?.summary?.contact;

/** Says whose customer the person is; what they write goes to that colleague first. */
export const owningActions: Action[] = [
  {
    id: 'owner',
    group: 'conversation',
    icon: UserCheck,
    name: () => t('action.owner'),
    words: () => t('words.owner'),
    when: () => contact() !== undefined,
    choose: {
      placeholder: () => t('action.owner'),
      options: () => [
        ...(seat.directory?.agents ?? []).filter((agent) => agent.active).map((agent) => ({ id: agent.id as string, name: agent.name, words: agent.email, person: { id: agent.id, name: agent.name, picture: agent.picture } })),
        { id: '', name: t('group.nobody') },
      ],
      pick: (agent) => {
        const who = contact();
        if (who) routing.setOwner(who.id, agent || undefined).then(() => toast(agent ? t('owner.done', { name: seat.agent(agent)?.name ?? '' }) : t('owner.nobody')), complain);
      },
    },
  },
];
