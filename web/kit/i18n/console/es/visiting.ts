import type { Translation } from '../../texts';
import type en from '../en/visiting';

export default {
  'action.visitors': 'Visitantes',
  'words.visitors': 'visitantes sitio ahora en línea páginas lista',
  'action.first': 'Iniciar una conversación',
} satisfies Translation<typeof en>;
