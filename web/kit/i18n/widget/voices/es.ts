import type { Translation } from '../../texts';
import type en from '../en';

/** Spanish to somebody whom one calls usted. */
const texts: Partial<Translation<typeof en>> = {
  closed: 'Escriba cuando quiera, volvemos luego',
  closedUntil: 'Volvemos: {day} a las {time}. Escriba cuando quiera',
  you: 'Usted',
  write: 'Escriba un mensaje…',
};

export default texts;
