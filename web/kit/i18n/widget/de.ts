import type { Translation } from '../texts';
import type en from './en';

const texts: Translation<typeof en> = {
  title: 'Nachrichten',
  close: 'Schließen',
  back: 'Zurück',
  here: '{name} ist da',
  hereTeam: '{name} und das Team sind da',
  hereNobodyNamed: 'Wir sind da',
  away: 'Wir antworten so bald wie möglich',
  closed: 'Schreiben Sie jederzeit, wir sind später da',
  closedUntil: 'Zurück {day} um {time}, schreiben Sie jederzeit',
  unread: { one: '{count} neue Nachricht', other: '{count} neue Nachrichten' },
  you: 'Sie',
  us: 'Das Team',
  photo: 'Bild',

  thread: 'Unterhaltung mit {name}',
  log: 'Nachrichten',
  loading: 'Nachrichten werden geladen…',
  newMark: 'Neu',
  sending: 'Wird gesendet',
  waiting: 'Wartet auf die Verbindung',
  sent: 'Gesendet',
  delivered: 'Zugestellt',
  read: 'Gelesen',
  failed: 'Nicht gesendet',
  retry: 'Noch einmal',
  edited: 'bearbeitet',
  gone: 'Nachricht gelöscht',
  openImage: 'Bild {name} öffnen',
  actions: 'Was mit dieser Nachricht tun',

  write: 'Nachricht schreiben…',
  send: 'Senden',
  save: 'Speichern',
  attach: 'Datei hinzufügen',
  emoji: 'Emoji einfügen',
  uploading: '{share} hochgeladen',

  offline: 'Offline. Was Sie schreiben, wird später gesendet.',
  reconnecting: 'Wird neu verbunden…',
  unavailable: 'Nachrichten konnten nicht geladen werden.',
};

export default texts;
