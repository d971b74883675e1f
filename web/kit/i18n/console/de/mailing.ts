import type { Translation } from '../../texts';
import type en from '../en/mailing';

export default {
  'action.newMail': 'Neue Mail',
  'action.transcript': 'Gespräch per Mail schicken',
  'words.mail': 'E-Mail schreiben Adresse CC weiterleiten',
  'message.forward': 'Weiterleiten',
} satisfies Translation<typeof en>;
