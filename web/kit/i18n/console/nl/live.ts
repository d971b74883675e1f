import type { Translation } from '../../texts';
import type en from '../en/live';

export default {
  'state.menu': '{name}, {state}. Wijzigen',
  'state.online': 'Online',
  'state.busy': 'Bezig',
  'state.away': 'Afwezig',
  'state.offline': 'Offline',
  'state.online.hint': 'Neemt nieuwe aan',
  'state.busy.hint': 'Houdt de eigen',
  'state.away.hint': 'Geen nieuwe',
  'state.offline.hint': 'Niet hier',
  'bar.away': 'Je bent afwezig: nieuwe gesprekken gaan naar anderen.',
  'bar.offline': 'Je bent offline: nieuwe gesprekken gaan naar anderen.',
  'away.idle': 'Er leek niemand te zijn: je bent nu afwezig en nieuwe gesprekken gaan naar anderen.',
  'load': '{load} van {capacity}',
  'offer.name': 'Een aanbod',
  'offer.announced': '{name} wacht. Neem je het aan?',
  'offer.somebody': 'Iemand',
  'offer.left': { one: 'nog {count} seconde', other: 'nog {count} seconden' },
  'offer.asked': 'wil nu praten',
  'offer.waits': 'wacht sinds {time}',
  'offer.others': { one: 'nog {count}', other: 'nog {count}' },
  'offer.accept': 'Aannemen',
  'offer.decline': 'Doorgeven',
  'offer.taken': '{name} heeft het nu.',
} satisfies Translation<typeof en>;
