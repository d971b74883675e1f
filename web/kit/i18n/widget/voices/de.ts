import type { Translation } from '../../texts';
import type en from '../en';

/** German to somebody whom one calls du. */
const texts: Partial<Translation<typeof en>> = {
  closed: 'Schreib jederzeit, wir sind später da',
  closedUntil: 'Wir sind {day} um {time} zurück, schreib jederzeit',
  you: 'Du',
  offline: 'Keine Verbindung. Was du schreibst, wird später gesendet.',
};

export default texts;
