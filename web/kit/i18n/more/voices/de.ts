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
  beginningLive: 'Frag uns alles.',
  queueNext: 'Du bist als Nächstes dran',
  queueLooking: 'Wir suchen jemanden für dich',
  queueFree: 'Du musst nicht warten: Geh, wann du möchtest, die Antwort kommt hierher.',
  queueStay: 'Bleib auf dieser Seite, damit dein Platz bleibt.',
  talking: 'Du sprichst mit {name}',
  refusedNobody: 'Im Moment ist niemand da, mit dem du sprechen könntest. Was du geschrieben hast, wird hier beantwortet.',
  refusedQueue: 'Im Moment warten zu viele. Was du geschrieben hast, wird hier beantwortet.',
  refusedClosed: 'Im Moment ist geschlossen. Was du geschrieben hast, wird hier beantwortet.',
  lapsed: 'Deine Anmeldung gilt nicht mehr. Melde dich wieder an oder lade die Seite neu: Was du geschrieben hast, ist aufgehoben und wird dann gesendet.',
};

export default texts;
