import ArrowDown from '@lucide/svelte/icons/arrow-down';
import ArrowUp from '@lucide/svelte/icons/arrow-up';
import ListFilter from '@lucide/svelte/icons/list-filter';
import PanelTop from '@lucide/svelte/icons/panels-top-left';
import Search from '@lucide/svelte/icons/search';
import type { Priority, Status } from '$client';
import type { Option } from '$kit/parts/options';
import type { Action } from '../../../app/actions.svelte';
import { route } from '../../../app/route.svelte';
import { seat } from '../../../app/seat.svelte';
import { t } from '../../../app/texts.svelte';
import { lists } from '../lists.svelte';
import { narrowing } from '../narrowing.svelte';
import { keeping } from './keeping';
import { counted, everyView, rail, viewIcon, viewName } from '../views';

const keys: Record<(typeof rail)[number], string> = { mine: 'g m', unassigned: 'g u', all: 'g a', mentions: 'g n', following: 'g f', closed: 'g c' };

const go = (view: string) => {
  narrowing.clear();
  route.go({ screen: 'inbox', view });
};

const views: Action[] = rail.map((view) => ({
  id: `go.${view}`,
  group: 'go',
  icon: viewIcon(view),
  name: () => viewName(view),
  words: () => t('words.view'),
  shortcuts: [keys[view]],
  perform: () => go(view),
}));

const choose: Action = {
  id: 'view',
  group: 'go',
  icon: PanelTop,
  name: () => t('action.view'),
  shortcuts: ['g v'],
  choose: {
    placeholder: () => t('action.view.placeholder'),
    options: () =>
      everyView().map((view): Option => {
        const group = view.startsWith('viw_') ? t('views.saved') : view.startsWith('inbox:') ? t('group.inboxes') : view.startsWith('team:') ? t('group.teams') : t('group.views');
        const count = counted(view);
        return { id: view, name: viewName(view), icon: viewIcon(view), group, hint: count ? String(count) : undefined, checked: view === route.view || undefined };
      }),
    pick: go,
  },
};

const statuses: Status[] = ['open', 'pending', 'snoozed', 'closed'];
const priorities: Priority[] = ['urgent', 'high', 'normal', 'low'];

const filter: Action = {
  id: 'filter',
  group: 'look',
  icon: ListFilter,
  name: () => t('action.filter'),
  shortcuts: ['f'],
  when: () => route.place.screen === 'inbox',
  checked: () => narrowing.any,
  choose: {
    several: false,
    placeholder: () => t('action.filter.placeholder'),
    options: () => {
      const { filters, unread } = narrowing;
      const one = (key: string, value: string, name: string, group: string): Option => ({
        id: `${key}=${value}`,
        name,
        group,
        checked: filters[key as keyof typeof filters] === value || undefined,
      });
      return [
        { id: 'unread', name: t('filter.unread'), checked: unread || undefined },
        ...statuses.map((s) => one('status', s, t(`status.${s}`), t('filter.status'))),
        ...priorities.map((p) => ({ ...one('priority', p, t(`priority.${p}`), t('action.priority')), checked: narrowing.priority === p || undefined })),
        ...(seat.directory?.inboxes ?? []).map((i) => one('inbox', i.id, i.name, t('filter.inbox'))),
        ...(seat.directory?.teams ?? []).map((team) => one('team', team.id, team.name, t('filter.team'))),
        ...(seat.directory?.agents ?? []).filter((a) => a.active).map((a) => ({ ...one('assignee', a.id, a.name, t('filter.assignee')), person: { id: a.id, name: a.name, picture: a.picture } })),
      ];
    },
    pick: (id) => {
      if (id === 'unread') {
        narrowing.unread = !narrowing.unread;
        return;
      }
      const priority = priorities.find((each) => id === `priority=${each}`);
      if (priority) {
        narrowing.priority = narrowing.priority === priority ? undefined : priority;
        return;
      }
      const [key, value] = id.split(/=(.*)/s) as ['status', Status];
      narrowing.set(key, narrowing.filters[key] === value ? undefined : value);
    },
  },
};

const step = (id: string, by: 1 | -1): Action => ({
  id,
  group: 'go',
  icon: by > 0 ? ArrowDown : ArrowUp,
  name: () => t(by > 0 ? 'action.next' : 'action.previous'),
  shortcuts: by > 0 ? ['j', 'alt+arrowdown'] : ['k', 'alt+arrowup'],
  when: () => route.place.screen === 'inbox' && lists.rows.length > 0,
  perform: () => {
    const row = lists.beside(route.conversation, by, false, narrowing.shown(lists.rows, route.conversation));
    if (row) route.open(row.id, undefined, route.conversation !== undefined);
  },
});

const search: Action = {
  id: 'search',
  group: 'go',
  icon: Search,
  name: () => t('action.search'),
  shortcuts: ['/', 'mod+shift+f'],
  perform: () => route.go({ screen: 'search', q: '' }),
};

export const inboxActions: Action[] = [step('next', 1), step('previous', -1), ...views, choose, search, filter, ...keeping];
