import type { Translation } from '../../texts';
import type en from '../en';

/** Dutch to somebody whom one calls u. */
const texts: Partial<Translation<typeof en>> = {
  closed: 'U kunt altijd schrijven, we zijn er later weer',
  closedUntil: 'We zijn er {day} om {time} weer, u kunt altijd schrijven',
  you: 'U',
  offline: 'Geen verbinding. Wat u schrijft blijft bewaard en wordt later verzonden.',
};

export default texts;
