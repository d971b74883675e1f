import Copy from '@lucide/svelte/icons/copy';
import Forward from '@lucide/svelte/icons/forward';
import Link from '@lucide/svelte/icons/link';
import Pencil from '@lucide/svelte/icons/pencil';
import Reply from '@lucide/svelte/icons/reply';
import Trash from '@lucide/svelte/icons/trash-2';
import { changeable, type Item } from '$client';
import type { Icon } from '$kit/parts/options';
import { toast } from '$kit/parts/toasts.svelte';
import { complain } from '../../../app/refusals';
import { write } from '../../../app/route.svelte';
import { t } from '../../../app/texts.svelte';
import { seat } from '../../../app/seat.svelte';
import { mailing, mails } from '../../mail/mailing.svelte';
import { entriesOf } from '../answers';
import { composing } from '../composing.svelte';
import type { Opened } from '../opened.svelte';

/** What can be done with one message. */
export interface MessageAction {
  id: string;
  icon: Icon;
  name: () => string;
  danger?: boolean;
  when: (item: Item) => boolean;
  perform: (it: Opened, item: Item) => void;
}

export const messageActions: MessageAction[] = [
  {
    id: 'reply',
    icon: Reply,
    name: () => t('message.reply'),
    when: (item) => item.entry.type === 'message' && !item.gone,
    perform: (_, item) => composing.quote(item),
  },
  {
    id: 'copy',
    icon: Copy,
    name: () => t('message.copy'),
    when: (item) => Boolean(item.content?.text),
    perform: (_, item) => copy(item.content!.text!),
  },
  {
    id: 'forward',
    icon: Forward,
    name: () => t('message.forward'),
    when: (item) => mails() && item.entry.type === 'message' && item.seq > 0 && !item.gone,
    perform: (it, item) => (mailing.wish = { what: 'forward', conversation: it.id, seq: item.seq, subject: item.content?.mail?.subject }),
  },
  {
    id: 'link',
    icon: Link,
    name: () => t('message.link'),
    when: (item) => item.seq > 0,
    perform: (it, item) => copy(location.origin + location.pathname + write({ screen: 'inbox', view: 'all', conversation: it.id, at: item.seq })),
  },
  {
    id: 'edit',
    icon: Pencil,
    name: () => t('message.edit'),
    when: (item) => item.mine && item.entry.type === 'message' && changeable(item.content),
    perform: (_, item) => composing.edit(item),
  },
  {
    id: 'delete',
    icon: Trash,
    name: () => t('message.delete'),
    danger: true,
    when: (item) => item.mine && item.entry.type === 'message' && !item.gone,
    perform: remove,
  },
];

function copy(text: string) {
  navigator.clipboard.writeText(text).then(
    () => toast(t('copied')),
    () => toast(t('failed.clipboard'), { tone: 'broken' }),
  );
}

/** It is gone for the customer at once, which is what one wants of a slip; the words can be had back to write them anew. */
function remove(it: Opened, item: Item) {
  const text = item.content?.text;
  seat.api.remove(it.id, item.seq).then(
    (answer) => {
      it.add(entriesOf(answer));
      toast(t('message.deleted'), text ? { action: { name: t('message.again'), perform: () => composing.insert(text) } } : {});
    },
    (error: unknown) => complain(error),
  );
}

export function react(it: Opened, item: Item, emoji: string, on: boolean) {
  seat.api.react(it.id, item.seq, emoji, on).then(
    (answer) => it.add(entriesOf(answer)),
    (error: unknown) => complain(error),
  );
}
