import BookmarkIcon from '@lucide/svelte/icons/message-square-quote';
import type { Action } from '../../../app/actions.svelte';
import { t } from '../../../app/texts.svelte';
import { replies } from '../../writing';
import { composing } from '../composing.svelte';
import { current } from '../current.svelte';

export const replying: Action[] = [
  {
    id: 'replies',
    group: 'conversation',
    icon: BookmarkIcon,
    name: () => t('action.replies'),
    shortcuts: ['mod+j'],
    when: () => current.it !== undefined && current.it.summary?.mode !== 'ended' && !composing.editing && replies.all.length > 0,
    choose: {
      placeholder: () => t('replies.choose'),
      options: () => replies.find('').map(({ reply: _, says: __, ...option }) => ({ ...option, icon: BookmarkIcon })),
      pick: (id) => void composing.say(id),
    },
  },
];
