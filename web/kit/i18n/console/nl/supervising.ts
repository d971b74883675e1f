import type { Translation } from '../../texts';
import type en from '../en/supervising';

export default {
  'action.supervision': 'Toezicht',
  'words.supervision': 'supervisor meekijken wachtrij belasting',
  'action.whisper': 'Influisteren',
  'action.takeOver': 'Overnemen',
  'note.whisper': '{name} fluistert {to} iets in',
  'failed.whisper': 'Niemand anders heeft dit gesprek: er is niemand om iets in te fluisteren.',
  'taken.over': '{name} heeft het overgenomen. Wat u begon te schrijven, is bewaard.',
} satisfies Translation<typeof en>;
