import type { Translation } from '../../../texts';
import type en from '../../en/late/supervision';

export default {
  'supervision.queue': 'In de wachtrij',
  'supervision.queue.none': 'Niemand wacht',
  'supervision.longest': 'Langste wachttijd: {time}',
  'supervision.asked': '{name} wordt gevraagd',
  'supervision.promises': 'Beloften',
  'supervision.promises.none': 'Alles op tijd',
  'supervision.broken': 'verwacht {time}',
  'supervision.risk': 'verwacht {time}',
  'supervision.agents': 'Medewerkers',
  'supervision.there': '{here} van {count} aanwezig',
  'supervision.load': '{load} van {capacity}',
  'supervision.waits': 'wacht {time}',
  'supervision.holds.none': 'Niets te doen',
  'supervision.nobody': 'niemand',
  'supervision.watching': 'U kijkt mee. {name} heeft dit gesprek; de klant merkt niets van u.',
  'supervision.watching.nobody': 'U kijkt mee. Niemand heeft dit gesprek; de klant merkt niets van u.',
  'supervision.whisper': 'Fluister {name} iets in',
  'supervision.taken': 'Het is nu van u',
  'supervision.reason': 'Waarom',
  'supervision.reason.hint': 'Collega’s lezen het in het gesprek. De klant hoort alleen wie verdergaat.',
} satisfies Translation<typeof en>;
