import type { Translation } from '../../texts';
import type en from '../en/visiting';

export default {
  'action.visitors': 'Besucher',
  'words.visitors': 'besucher seite jetzt online gäste seiten liste',
  'action.first': 'Unterhaltung beginnen',
} satisfies Translation<typeof en>;
