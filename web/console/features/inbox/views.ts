import AtSign from '@lucide/svelte/icons/at-sign';
import Bookmark from '@lucide/svelte/icons/bookmark';
import Ban from '@lucide/svelte/icons/ban';
import Eye from '@lucide/svelte/icons/eye';
import CircleUser from '@lucide/svelte/icons/circle-user-round';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import Inbox from '@lucide/svelte/icons/inbox';
import Layers from '@lucide/svelte/icons/layers';
import MailQuestion from '@lucide/svelte/icons/circle-dashed';
import Users from '@lucide/svelte/icons/users';
import type { Icon } from '$kit/parts/options';
import { seat } from '../../app/seat.svelte';
import { t, type Key } from '../../app/texts.svelte';
import { saved } from './saved.svelte';

const names: Record<string, Key> = {
  mine: 'view.mine',
  unassigned: 'view.unassigned',
  all: 'view.all',
  mentions: 'view.mentions',
  following: 'view.following',
  closed: 'view.closed',
  spam: 'view.spam',
};

const icons: Record<string, Icon> = { mine: CircleUser, unassigned: MailQuestion, all: Layers, mentions: AtSign, following: Eye, closed: CircleCheck, spam: Ban };

/** The views of the rail, in the order of a working day. */
export const rail = ['mine', 'unassigned', 'all', 'mentions', 'following', 'closed'] as const;

export function viewName(view: string): string {
  const key = names[view];
  if (key) return t(key);
  if (view.startsWith('viw_')) return saved.find(view)?.name ?? (saved.loaded ? t('view.unknown') : '');
  const [kind, id] = view.split(':');
  return (kind === 'team' ? seat.team(id)?.name : seat.inbox(id)?.name) ?? t('view.unknown');
}

export function viewIcon(view: string): Icon {
  return icons[view] ?? (view.startsWith('viw_') ? Bookmark : view.startsWith('team:') ? Users : Inbox);
}

/** Views that count what waits; the number on the others would only grow. */
export function counted(view: string): number {
  return view === 'closed' ? 0 : (seat.counts[view] ?? 0);
}

export function everyView(): string[] {
  return [...rail, 'spam', ...saved.all.map((view) => view.id), ...(seat.directory?.inboxes ?? []).map((i) => `inbox:${i.id}`), ...(seat.directory?.teams ?? []).map((team) => `team:${team.id}`)];
}
