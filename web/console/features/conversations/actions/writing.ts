import ArrowUpToLine from '@lucide/svelte/icons/arrow-up-to-line';
import Link from '@lucide/svelte/icons/link';
import PanelRight from '@lucide/svelte/icons/panel-right';
import Reply from '@lucide/svelte/icons/reply';
import StickyNote from '@lucide/svelte/icons/sticky-note';
import { toast } from '$kit/parts/toasts.svelte';
import type { Action } from '../../../app/actions.svelte';
import { preferences } from '../../../app/preferences.svelte';
import { write } from '../../../app/route.svelte';
import { t } from '../../../app/texts.svelte';
import { width } from '../../../app/width.svelte';
import { composing } from '../composing.svelte';
import { current } from '../current.svelte';
import { panel } from '../panel.svelte';
import { threads } from '../threads';

const here = () => current.it !== undefined;

export const writing: Action[] = [
  { id: 'reply', group: 'conversation', icon: Reply, name: () => t('action.reply'), shortcuts: ['r'], when: here, perform: () => composing.setMode('reply') },
  { id: 'note', group: 'conversation', icon: StickyNote, name: () => t('action.note'), words: () => t('words.note'), shortcuts: ['n'], when: here, perform: () => composing.setMode('note') },
  {
    id: 'unread',
    group: 'conversation',
    icon: ArrowUpToLine,
    name: () => t('action.toUnread'),
    shortcuts: ['u'],
    when: here,
    perform: () => threads.toUnread?.(),
  },
  {
    id: 'copyLink',
    group: 'conversation',
    icon: Link,
    name: () => t('action.copyLink'),
    shortcuts: ['mod+shift+l'],
    when: here,
    perform: () => {
      const address = location.origin + location.pathname + write({ screen: 'inbox', view: 'all', conversation: current.it!.id });
      navigator.clipboard.writeText(address).then(
        () => toast(t('copied')),
        () => toast(t('failed.clipboard'), { tone: 'broken' }),
      );
    },
  },
  {
    id: 'panel',
    group: 'look',
    icon: PanelRight,
    name: () => t(panel.shown ? 'action.panel.hide' : 'action.panel.show'),
    shortcuts: ['i', 'mod+.'],
    when: here,
    checked: () => panel.shown,
    perform: () => {
      if (width.middle) panel.over = !panel.over;
      else preferences.set('panel', !preferences.get('panel'));
    },
  },
];
