import UserCheck from '@lucide/svelte/icons/user-check';
import UserPlus from '@lucide/svelte/icons/user-plus';
import UserX from '@lucide/svelte/icons/user-x';
import Users from '@lucide/svelte/icons/users';
import type { Holder, Id, Summary } from '$client';
import type { Option } from '$kit/parts/options';
import type { Action } from '../../../app/actions.svelte';
import { seat } from '../../../app/seat.svelte';
import { t } from '../../../app/texts.svelte';
import { decide, row } from './deciding';

interface To {
  agent?: Id;
  team?: Id;
}

const here = () => row() !== undefined;
const holderOf = (to: To): Holder => (to.agent ? { kind: 'agent', id: to.agent } : to.team ? { kind: 'queue', id: to.team } : { kind: 'nobody' });
const before = (summary: Summary): To => (summary.holder.kind === 'agent' && summary.holder.id ? { agent: summary.holder.id } : summary.team ? { team: summary.team } : {});
const send = (to: To) => (id: Id) => (to.agent || to.team ? seat.api.assign(id, to) : seat.api.unassign(id));
const change = (to: To): Partial<Summary> => ({ holder: holderOf(to), ...(to.team ? { team: to.team } : {}) });

function assign(to: To) {
  const summary = row();
  if (!summary) return;
  const was = before(summary);
  if (was.agent === to.agent && was.team === to.team) return;
  const name = to.agent === seat.me?.id ? t('you.object') : (seat.agent(to.agent)?.name ?? seat.team(to.team)?.name);
  decide({
    foresee: change(to),
    send: send(to),
    said: name ? t('done.assigned', { name }) : t('done.unassigned'),
    undo: { foresee: { holder: summary.holder, ...(summary.team ? { team: summary.team } : {}) }, send: send(was) },
  });
}

const toSomebody: Action = {
  id: 'assign',
  group: 'conversation',
  icon: UserPlus,
  name: () => t('action.assign'),
  words: () => t('words.assign'),
  shortcuts: ['a'],
  when: here,
  choose: {
    placeholder: () => t('action.assign.placeholder'),
    options: () => {
      const held = row()?.holder;
      const agents = (seat.directory?.agents ?? []).filter((a) => a.active);
      const own = agents.filter((a) => a.id === seat.me?.id);
      const others = agents.filter((a) => a.id !== seat.me?.id);
      const person = (a: (typeof agents)[number]): Option => {
        const state = seat.agentStates.get(a.id);
        return {
          id: `agent=${a.id}`,
          name: a.id === seat.me?.id ? t('assign.me', { name: a.name }) : a.name,
          group: t('group.agents'),
          words: a.email,
          hint: t(`state.${state ?? 'offline'}`),
          person: { id: a.id, name: a.name, picture: a.picture, presence: state === 'online' || state === 'away' ? state : undefined },
          checked: (held?.kind === 'agent' && held.id === a.id) || undefined,
        };
      };
      return [
        ...own.map(person),
        ...others.map(person),
        ...(seat.directory?.teams ?? []).map((team): Option => ({ id: `team=${team.id}`, name: team.name, icon: Users, group: t('group.teams'), checked: (held?.kind === 'queue' && row()?.team === team.id) || undefined })),
        ...(held?.kind === 'agent' || row()?.team ? [{ id: 'nobody', name: t('action.unassign'), icon: UserX, group: t('group.nobody') }] : []),
      ];
    },
    pick: (id) => {
      const [kind, value] = id.split(/=(.*)/s);
      assign(kind === 'agent' ? { agent: value! } : kind === 'team' ? { team: value! } : {});
    },
  },
};

const toMe: Action = {
  id: 'assign.me',
  group: 'conversation',
  icon: UserCheck,
  name: () => t('action.assignMe'),
  shortcuts: ['m'],
  when: () => here() && !(row()!.holder.kind === 'agent' && row()!.holder.id === seat.me?.id),
  perform: () => assign({ agent: seat.me!.id }),
};

const toNobody: Action = {
  id: 'unassign',
  group: 'conversation',
  icon: UserX,
  name: () => t('action.unassign'),
  shortcuts: ['shift+u'],
  when: () => here() && (row()!.holder.kind === 'agent' || row()!.team !== undefined),
  perform: () => assign({}),
};

export const assigning = [toMe, toSomebody, toNobody];
