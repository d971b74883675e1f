import MailPlus from '@lucide/svelte/icons/mail-plus';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import type { Action } from '../../app/actions.svelte';
import { t } from '../../app/texts.svelte';
import { current } from '../conversations';
import { mailing, mails } from './mailing.svelte';

export const mailActions: Action[] = [
  {
    id: 'mail.new',
    group: 'go',
    icon: MailPlus,
    name: () => t('action.newMail'),
    words: () => t('words.mail'),
    shortcuts: ['g e'],
    when: mails,
    perform: () => (mailing.wish = { what: 'new' }),
  },
  {
    id: 'mail.transcript',
    group: 'conversation',
    icon: ScrollText,
    name: () => t('action.transcript'),
    words: () => t('words.mail'),
    when: () => current.it?.loaded === true,
    perform: () => {
      const { it } = current;
      if (it) mailing.wish = { what: 'transcript', conversation: it.id };
    },
  },
];
