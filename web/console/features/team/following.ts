import Eye from '@lucide/svelte/icons/eye';
import EyeOff from '@lucide/svelte/icons/eye-off';
import UserPlus from '@lucide/svelte/icons/user-round-plus';
import type { Id } from '$client';
import { toast } from '$kit/parts/toasts.svelte';
import type { Action } from '../../app/actions.svelte';
import { complain } from '../../app/refusals';
import { seat } from '../../app/seat.svelte';
import { t } from '../../app/texts.svelte';
import { teamApi } from './api';
import { stage } from './stage';

const here = () => stage.current.it?.summary;
const me = () => seat.me?.id ?? '';
const followed = () => here()?.followers?.includes(me()) === true;

async function follow(on: boolean, agent: Id, said: string) {
  const { it } = stage.current;
  if (!it) return;
  try {
    it.add((await (on ? teamApi.follow(it.id, agent) : teamApi.unfollow(it.id, agent))).entries);
    toast(said, { action: { name: t('undo'), undoes: true, perform: () => void (on ? teamApi.unfollow(it.id, agent) : teamApi.follow(it.id, agent)).then(({ entries }) => it.add(entries), complain) } });
  } catch (error) {
    complain(error);
  }
}

/** To be told of what comes in a conversation that is another's. */
export const followingActions: Action[] = [
  {
    id: 'follow',
    group: 'conversation',
    icon: Eye,
    name: () => t('action.follow'),
    words: () => t('words.follow'),
    shortcuts: ['shift+f'],
    when: () => here() !== undefined && !followed(),
    perform: () => void follow(true, me(), t('done.followed')),
  },
  {
    id: 'unfollow',
    group: 'conversation',
    icon: EyeOff,
    name: () => t('action.unfollow'),
    words: () => t('words.follow'),
    shortcuts: ['shift+f'],
    when: () => followed(),
    perform: () => void follow(false, me(), t('done.unfollowed')),
  },
  {
    id: 'addFollower',
    group: 'conversation',
    icon: UserPlus,
    name: () => t('action.addFollower'),
    words: () => t('words.follow'),
    when: () => here() !== undefined,
    choose: {
      placeholder: () => t('action.addFollower'),
      options: () =>
        (seat.directory?.agents ?? [])
          .filter((agent) => agent.active && agent.id !== me())
          .map((agent) => ({ id: agent.id, name: agent.name, words: agent.email, checked: here()?.followers?.includes(agent.id) || undefined, person: { id: agent.id, name: agent.name, picture: agent.picture } })),
      pick: (id) => void follow(!here()?.followers?.includes(id), id, t(here()?.followers?.includes(id) ? 'done.unfollowed' : 'done.follower', { name: seat.agent(id)?.name ?? '' })),
    },
  },
];
