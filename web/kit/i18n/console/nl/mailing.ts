import type { Translation } from '../../texts';
import type en from '../en/mailing';

export default {
  'action.newMail': 'Nieuwe mail',
  'action.transcript': 'Gesprek per mail sturen',
  'words.mail': 'e-mail schrijven adres cc doorsturen',
  'message.forward': 'Doorsturen',
} satisfies Translation<typeof en>;
