import type { Translation } from '../../texts';
import type en from '../en/mailing';

export default {
  'action.newMail': 'Correo nuevo',
  'action.transcript': 'Enviar la conversación por correo',
  'words.mail': 'correo escribir dirección cc reenviar',
  'message.forward': 'Reenviar',
} satisfies Translation<typeof en>;
