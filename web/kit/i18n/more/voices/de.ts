import type { Translation } from '../../texts';
import type en from '../en';

const texts: Partial<Translation<typeof en>> = {
  hello: 'Hallo!',
  helloName: 'Hallo {name}!',
  ask: 'Wie können wir dir helfen?',
  conversations: 'Deine Unterhaltungen',
  youSaid: 'Du: {text}',
  forgetSure: 'Deine Unterhaltungen, Entwürfe und Einstellungen verschwinden von diesem Gerät, und niemand kommt hier wieder an sie heran. Was du gesendet hast, bleibt bei uns.',
  beginning: 'Frag uns alles. Die Unterhaltung bleibt hier, du musst nicht warten.',
};

export default texts;
