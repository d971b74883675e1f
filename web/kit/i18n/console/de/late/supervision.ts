import type { Translation } from '../../../texts';
import type en from '../../en/late/supervision';

export default {
  'supervision.queue': 'In der Warteschlange',
  'supervision.queue.none': 'Niemand wartet',
  'supervision.longest': 'Längste Wartezeit: {time}',
  'supervision.asked': '{name} wird gefragt',
  'supervision.promises': 'Versprechen',
  'supervision.promises.none': 'Alles rechtzeitig',
  'supervision.broken': 'fällig {time}',
  'supervision.risk': 'fällig {time}',
  'supervision.agents': 'Agenten',
  'supervision.there': '{here} von {count} da',
  'supervision.load': '{load} von {capacity}',
  'supervision.waits': 'wartet {time}',
  'supervision.holds.none': 'Nichts zu tun',
  'supervision.nobody': 'niemand',
  'supervision.watching': 'Sie sehen zu. {name} hat dieses Gespräch; der Kunde bemerkt Sie nicht.',
  'supervision.watching.nobody': 'Sie sehen zu. Niemand hat dieses Gespräch; der Kunde bemerkt Sie nicht.',
  'supervision.whisper': '{name} etwas zuflüstern',
  'supervision.taken': 'Jetzt ist es Ihres',
  'supervision.reason': 'Warum',
  'supervision.reason.hint': 'Kollegen lesen es im Gespräch. Der Kunde erfährt nur, wer weitermacht.',
} satisfies Translation<typeof en>;
