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
  'away.idle': 'Hier schien niemand zu sein: Sie sind jetzt abwesend, neue Gespräche gehen an andere.',
  'load': '{load} von {capacity}',
  'offer.name': 'Eine Anfrage',
  'offer.announced': '{name} wartet. Übernehmen Sie?',
  'offer.somebody': 'Jemand',
  'offer.left': { one: 'noch {count} Sekunde', other: 'noch {count} Sekunden' },
  'offer.asked': 'möchte jetzt sprechen',
  'offer.waits': 'wartet seit {time}',
  'offer.others': { one: '{count} weitere', other: '{count} weitere' },
  'offer.accept': 'Annehmen',
  'offer.decline': 'Weitergeben',
  'offer.taken': '{name} hat es jetzt.',
} satisfies Translation<typeof en>;
