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
  'away.idle': 'Hier bewoog 15 minuten niets, dus je bent nu afwezig.',
} satisfies Translation<typeof en>;
