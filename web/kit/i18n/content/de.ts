import type { Translation } from '../texts';
import type en from './en';

const texts: Translation<typeof en> = {
  form: 'Formular',
  optional: 'freiwillig',
  send: 'Senden',
  choose: 'Bitte wählen',
  yes: 'Ja',
  check: 'Bitte noch einmal ansehen: {names}',
  'flaw.required': 'Bitte ausfüllen.',
  'flaw.email': 'Das sieht nicht nach einer E-Mail-Adresse aus.',
  'flaw.phone': 'Das sieht nicht nach einer Telefonnummer aus.',
  'flaw.number': 'Bitte eine Zahl schreiben.',
  'flaw.date': 'Bitte einen Tag wählen.',
  'flaw.tooLong': 'Bitte höchstens {max} Zeichen.',
  'flaw.tooSmall': 'Bitte mindestens {min}.',
  'flaw.tooLarge': 'Bitte höchstens {max}.',
  'flaw.choice': 'Bitte hiervon wählen.',
  'flaw.unknown': 'Danach wird nicht mehr gefragt.',
  begin: 'Ein paar Angaben vorab',
  'begin.send': 'Unterhaltung beginnen',
  away: 'Gerade ist niemand da. Hiermit können wir später antworten.',
  full: 'Gerade warten viele. Hiermit können wir später antworten.',

  answered: 'Beantwortet',
  chosen: 'Gewählt',
  failed: 'Nicht gesendet',
  again: 'Noch einmal',

  replies: 'Schnelle Antworten',
  list: { one: 'Liste mit {count} Eintrag', other: 'Liste mit {count} Einträgen' },
  cards: { one: '{count} Karte', other: '{count} Karten' },
  previous: 'Vorige Karte',
  next: 'Nächste Karte',
  open: '{name} öffnen',
  newTab: 'öffnet einen neuen Tab',
  read: 'Weiterlesen',

  place: 'Ort',
  map: 'Auf der Karte zeigen',
  share: 'Meinen Ort teilen',
  sharing: 'Der Ort wird gesucht…',
  shared: 'Mein Ort',
  'place.denied': 'Der Browser gibt den Ort nicht preis. Er lässt sich auch einfach als Nachricht schreiben.',
  'place.failed': 'Der Ort war nicht zu finden. Er lässt sich auch einfach als Nachricht schreiben.',

  rating: 'Wie war es?',
  'rating.1': 'Sehr schlecht',
  'rating.2': 'Schlecht',
  'rating.3': 'In Ordnung',
  'rating.4': 'Gut',
  'rating.5': 'Sehr gut',
  words: 'Noch etwas dazu?',
  thanks: 'Danke für die Bewertung!',
};

export default texts;
