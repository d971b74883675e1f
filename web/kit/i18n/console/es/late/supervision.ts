import type { Translation } from '../../../texts';
import type en from '../../en/late/supervision';

export default {
  'supervision.queue': 'En la cola',
  'supervision.queue.none': 'Nadie espera',
  'supervision.longest': 'Espera más larga: {time}',
  'supervision.asked': 'se pregunta a {name}',
  'supervision.promises': 'Promesas',
  'supervision.promises.none': 'Todo a tiempo',
  'supervision.broken': 'vencía {time}',
  'supervision.risk': 'vence {time}',
  'supervision.agents': 'Agentes',
  'supervision.there': '{here} de {count} aquí',
  'supervision.load': '{load} de {capacity}',
  'supervision.waits': 'espera {time}',
  'supervision.holds.none': 'Nada que hacer',
  'supervision.nobody': 'nadie',
  'supervision.watching': 'Está observando. {name} tiene esta conversación; el cliente no nota su presencia.',
  'supervision.watching.nobody': 'Está observando. Nadie tiene esta conversación; el cliente no nota su presencia.',
  'supervision.whisper': 'Susurrar a {name}',
  'supervision.taken': 'Ahora es suya',
  'supervision.reason': 'Por qué',
  'supervision.reason.hint': 'Los compañeros lo leen en la conversación. El cliente solo sabe quién continúa.',
} satisfies Translation<typeof en>;
