import BookOpen from '@lucide/svelte/icons/book-open';
import Cards from '@lucide/svelte/icons/gallery-horizontal';
import Form from '@lucide/svelte/icons/clipboard-list';
import List from '@lucide/svelte/icons/list';
import MapPin from '@lucide/svelte/icons/map-pin';
import Plus from '@lucide/svelte/icons/circle-plus';
import Replies from '@lucide/svelte/icons/message-square-reply';
import Smile from '@lucide/svelte/icons/smile';
import type { Icon } from '$kit/parts/options';
import { asOption, type Action } from '../../../app/actions.svelte';
import { t } from '../../../app/texts.svelte';
import { building } from '../building.svelte';
import { composing } from '../composing.svelte';
import { kinds, type Kind } from '../contents';
import { current } from '../current.svelte';

const icons: Record<Kind, Icon> = { quickReplies: Replies, form: Form, list: List, carousel: Cards, article: BookOpen, location: MapPin, rating: Smile };

// A note is for colleagues, who have nothing to choose; a chat that has ended takes nothing more.
const possible = () => current.it !== undefined && current.it.summary?.mode !== 'ended' && composing.mode === 'reply' && !composing.editing;

const each: Action[] = kinds.map((kind) => ({
  id: `insert.${kind}`,
  group: 'conversation',
  icon: icons[kind],
  name: () => t(`insert.${kind}`),
  words: () => t('words.insert'),
  when: possible,
  perform: () => (building.kind = kind),
}));

const insert: Action = {
  id: 'insert',
  group: 'conversation',
  icon: Plus,
  name: () => t('action.insert'),
  words: () => t('words.insert'),
  shortcuts: ['shift+i', 'mod+/'],
  when: possible,
  choose: {
    placeholder: () => t('action.insert.placeholder'),
    options: () => each.map((one) => asOption(one)),
    pick: (id) => each.find((one) => one.id === id)?.perform?.(),
  },
};

export const inserting: Action[] = [insert, ...each];
