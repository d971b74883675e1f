import type { Translation } from '../../../texts';
import type en from '../../en/late/searching';

export default {
  'search.placeholder': 'Personen und Nachrichten suchen',
  'search.clear': 'Suche leeren',
  'search.idle': 'Alle finden und alles, was gesagt wurde',
  'search.idle.more': 'Personen nach Name, E-Mail und Telefon. Nachrichten, Notizen, Labels und Dateinamen, Neueste zuerst. Grenzen Sie ein mit from:, label:, in:, status:, after: und before:.',
  'search.narrow': 'Suche eingrenzen',
  'search.people': 'Personen',
  'search.people.more': 'Mehr Personen zeigen',
  'search.messages': 'Nachrichten',
  'search.found.people': { one: '{count} Person', other: '{count} Personen' },
  'search.none': 'Nichts gefunden für „{query}“',
  'search.none.more': 'Versuchen Sie weniger oder andere Wörter.',
  'search.more': 'Mehr zeigen',
  'search.found': { one: '{count} Treffer', other: '{count} Treffer' },
} satisfies Translation<typeof en>;
