import type { Translation } from '../texts';
import type en from './en';

const texts: Translation<typeof en> = {
  title: 'Berichten',
  close: 'Sluiten',
  back: 'Terug',
  here: '{name} is er',
  hereTeam: '{name} en het team zijn er',
  hereNobodyNamed: 'We zijn er',
  away: 'We antwoorden zo snel we kunnen',
  closed: 'Schrijf gerust, we zijn er later weer',
  closedUntil: 'We zijn er {day} om {time} weer, schrijf gerust',
  unread: { one: '{count} nieuw bericht', other: '{count} nieuwe berichten' },
  you: 'Jij',
  us: 'Het team',
  photo: 'Foto',

  thread: 'Gesprek met {name}',
  log: 'Berichten',
  loading: 'Berichten laden…',
  newMark: 'Nieuw',
  sending: 'Wordt verzonden',
  waiting: 'Wacht op verbinding',
  sent: 'Verzonden',
  delivered: 'Bezorgd',
  read: 'Gelezen',
  failed: 'Niet verzonden',
  retry: 'Opnieuw proberen',
  edited: 'bewerkt',
  gone: 'Bericht verwijderd',
  openImage: 'Foto {name} openen',
  actions: 'Wat te doen met dit bericht',

  write: 'Schrijf een bericht…',
  send: 'Verzenden',
  save: 'Opslaan',
  attach: 'Bestand toevoegen',
  emoji: 'Emoji toevoegen',
  uploading: '{share} geüpload',

  offline: 'Geen verbinding. Wat je schrijft blijft bewaard en wordt later verzonden.',
  reconnecting: 'Opnieuw verbinden…',
  unavailable: 'De berichten konden niet worden geladen.',
};

export default texts;
