import type { Catalogue } from '../../texts';

/** What of mail shows before it is opened. */
export default {
  'action.newMail': 'New mail',
  'action.transcript': 'Mail the conversation to somebody',
  'words.mail': 'email write address cc forward',
  'message.forward': 'Forward',
} satisfies Catalogue;
