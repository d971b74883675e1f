import type { Translation } from '../texts';
import type en from './en';

const texts: Translation<typeof en> = {
  form: 'Formulier',
  optional: 'niet verplicht',
  send: 'Versturen',
  choose: 'Graag kiezen',
  yes: 'Ja',
  check: 'Graag nog eens kijken naar: {names}',
  'flaw.required': 'Graag invullen.',
  'flaw.email': 'Dit lijkt geen e-mailadres.',
  'flaw.phone': 'Dit lijkt geen telefoonnummer.',
  'flaw.number': 'Graag een getal.',
  'flaw.date': 'Graag een dag kiezen.',
  'flaw.tooLong': 'Hooguit {max} tekens, graag.',
  'flaw.tooSmall': 'Minstens {min}, graag.',
  'flaw.tooLarge': 'Hooguit {max}, graag.',
  'flaw.choice': 'Graag een van deze kiezen.',
  'flaw.unknown': 'Dit wordt niet meer gevraagd.',
  begin: 'Een paar dingen vooraf',
  'begin.send': 'Gesprek beginnen',
  away: 'Er is nu niemand. Hiermee kunnen we later antwoorden.',
  full: 'Er wachten nu veel mensen. Hiermee kunnen we later antwoorden.',

  answered: 'Beantwoord',
  chosen: 'Gekozen',
  failed: 'Niet verstuurd',
  again: 'Opnieuw proberen',

  replies: 'Snelle antwoorden',
  list: { one: 'Lijst met {count} regel', other: 'Lijst met {count} regels' },
  cards: { one: '{count} kaart', other: '{count} kaarten' },
  previous: 'Vorige kaart',
  next: 'Volgende kaart',
  open: '{name} openen',
  newTab: 'opent een nieuw tabblad',
  read: 'Verder lezen',

  place: 'Plek',
  map: 'Op de kaart tonen',
  share: 'Mijn plek delen',
  sharing: 'De plek wordt gezocht…',
  shared: 'Mijn plek',
  'place.denied': 'De browser geeft de plek niet prijs. Gewoon als bericht schrijven kan ook.',
  'place.failed': 'De plek was niet te vinden. Gewoon als bericht schrijven kan ook.',

  rating: 'Hoe was het?',
  'rating.1': 'Heel slecht',
  'rating.2': 'Slecht',
  'rating.3': 'Gaat wel',
  'rating.4': 'Goed',
  'rating.5': 'Heel goed',
  words: 'Nog iets daarover?',
  thanks: 'Bedankt voor de beoordeling!',
};

export default texts;
