import type { Translation } from '../../texts';
import type en from '../en/live';

export default {
  'state.menu': '{name}, {state}. Ändern',
  'state.online': 'Online',
  'state.busy': 'Beschäftigt',
  'state.away': 'Abwesend',
  'state.offline': 'Offline',
  'state.online.hint': 'Nimmt neue an',
  'state.busy.hint': 'Behält die eigenen',
  'state.away.hint': 'Keine neuen',
  'state.offline.hint': 'Nicht da',
  'bar.away': 'Sie sind abwesend: neue Gespräche gehen an andere.',
  'bar.offline': 'Sie sind offline: neue Gespräche gehen an andere.',
  'away.idle': 'Hier hat sich 15 Minuten nichts bewegt, darum sind Sie jetzt abwesend.',
} satisfies Translation<typeof en>;
