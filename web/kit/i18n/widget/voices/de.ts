import type { Translation } from '../../texts';
import type en from '../en';

/** German to somebody whom one calls du. */
const texts: Partial<Translation<typeof en>> = {
  closed: 'Schreib jederzeit, wir sind später da',
  closedUntil: 'Zurück {day} um {time}, schreib jederzeit',
  you: 'Du',
  offline: 'Offline. Was du schreibst, wird später gesendet.',
};

export default texts;
