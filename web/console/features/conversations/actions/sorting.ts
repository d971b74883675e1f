import Flag from '@lucide/svelte/icons/flag';
import Plus from '@lucide/svelte/icons/plus';
import Tag from '@lucide/svelte/icons/tag';
import ChevronsUp from '@lucide/svelte/icons/chevrons-up';
import ChevronUp from '@lucide/svelte/icons/chevron-up';
import ChevronDown from '@lucide/svelte/icons/chevron-down';
import Minus from '@lucide/svelte/icons/minus';
import type { Priority } from '$client';
import type { Icon, Option } from '$kit/parts/options';
import type { Action } from '../../../app/actions.svelte';
import { seat } from '../../../app/seat.svelte';
import { t } from '../../../app/texts.svelte';
import { decide, row } from './deciding';

const here = () => row() !== undefined;

export function setLabel(label: string, on: boolean) {
  const summary = row();
  if (!summary || summary.labels.includes(label) === on) return;
  const labels = on ? [...summary.labels, label] : summary.labels.filter((l) => l !== label);
  decide({
    foresee: { labels },
    send: (id) => seat.api.label(id, label, on),
    ...(on ? {} : { said: t('done.unlabelled', { label }), undo: { foresee: { labels: summary.labels }, send: (id) => seat.api.label(id, label, true) } }),
  });
}

const label: Action = {
  id: 'label',
  group: 'conversation',
  icon: Tag,
  name: () => t('action.label'),
  words: () => t('words.label'),
  shortcuts: ['l'],
  when: here,
  choose: {
    several: true,
    placeholder: () => t('action.label.placeholder'),
    options: () => {
      const own = row()?.labels ?? [];
      const all = [...new Set([...(seat.directory?.labels ?? []), ...own])].sort((a, b) => a.localeCompare(b));
      return all.map((name): Option => ({ id: name, name, icon: Tag, checked: own.includes(name) || undefined }));
    },
    extra: (query) => {
      const known = [...(seat.directory?.labels ?? []), ...(row()?.labels ?? [])];
      const name = query.toLowerCase();
      return known.some((l) => l.toLowerCase() === name) || name.length > 40 ? undefined : { id: name, name: t('label.new', { label: name }), icon: Plus };
    },
    pick: (id) => setLabel(id, !row()?.labels.includes(id)),
  },
};

const icons: Record<Priority, Icon> = { urgent: ChevronsUp, high: ChevronUp, normal: Minus, low: ChevronDown };

const priority: Action = {
  id: 'priority',
  group: 'conversation',
  icon: Flag,
  name: () => t('action.priority'),
  words: () => t('words.priority'),
  shortcuts: ['y'],
  when: here,
  choose: {
    placeholder: () => t('action.priority.placeholder'),
    options: () => (Object.keys(icons) as Priority[]).map((p): Option => ({ id: p, name: t(`priority.${p}`), icon: icons[p], checked: row()?.priority === p || undefined })),
    pick: (id) => {
      const summary = row();
      const to = id as Priority;
      if (!summary || summary.priority === to) return;
      decide({
        foresee: { priority: to },
        send: (conversation) => seat.api.prioritise(conversation, to),
        said: t('done.priority', { priority: t(`priority.${to}`) }),
        undo: { foresee: { priority: summary.priority }, send: (conversation) => seat.api.prioritise(conversation, summary.priority) },
      });
    },
  },
};

export const sorting = [label, priority];
