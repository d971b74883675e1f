import type { Translation } from '../../texts';
import type en from '../en';

/** Spanish to somebody whom one calls usted. */
const texts: Partial<Translation<typeof en>> = {
  closed: 'Escriba cuando quiera, volvemos luego',
  closedUntil: 'Volvemos: {day} a las {time}. Escriba cuando quiera',
  you: 'Usted',
  finished: '{name} ha terminado. Escriba aquí si hay algo más.',
  write: 'Escriba un mensaje…',
  drop: 'Suelte los archivos aquí',
  refused: 'No se pudo hacer. Inténtelo de nuevo.',
};

export default texts;
