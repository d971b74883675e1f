import type { Translation } from '../../texts';
import type en from '../en/supervising';

export default {
  'action.supervision': 'Supervisión',
  'words.supervision': 'supervisor observar cola carga',
  'action.whisper': 'Susurrar',
  'action.takeOver': 'Tomar el control',
  'note.whisper': '{name} susurra a {to}',
  'failed.whisper': 'Nadie más tiene esta conversación: no hay a quién susurrar.',
  'taken.over': '{name} ha tomado el control. Lo que empezó a escribir se conserva.',
} satisfies Translation<typeof en>;
