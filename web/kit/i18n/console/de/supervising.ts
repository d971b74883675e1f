import type { Translation } from '../../texts';
import type en from '../en/supervising';

export default {
  'action.supervision': 'Aufsicht',
  'words.supervision': 'supervisor beobachten warteschlange auslastung',
  'action.whisper': 'Zuflüstern',
  'action.takeOver': 'Übernehmen',
  'note.whisper': '{name} flüstert {to} zu',
  'failed.whisper': 'Niemand sonst hat dieses Gespräch: Es ist niemand da, dem Sie zuflüstern könnten.',
  'taken.over': '{name} hat übernommen. Was Sie zu schreiben begonnen haben, bleibt erhalten.',
} satisfies Translation<typeof en>;
