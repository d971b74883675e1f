import type { Translation } from '../../texts';
import type en from '../en';

const texts: Partial<Translation<typeof en>> = {
  hello: 'Goedendag!',
  helloName: 'Goedendag, {name}!',
  ask: 'Waarmee kunnen we u helpen?',
  conversations: 'Uw gesprekken',
  youSaid: 'U: {text}',
  forgetSure: 'Uw gesprekken, concepten en instellingen verdwijnen van dit apparaat, en niemand kan er hier nog bij. Wat u hebt gestuurd, blijft bij ons.',
  beginning: 'U kunt ons alles vragen. Het gesprek blijft hier staan, u hoeft niet te wachten.',
  beginningLive: 'U kunt ons alles vragen.',
  queueNext: 'U bent de volgende',
  queueLooking: 'We zoeken iemand voor u',
  queueFree: 'U hoeft niet te wachten: ga wanneer u wilt, het antwoord komt hier.',
  queueStay: 'Blijf op deze pagina om uw plaats te houden.',
  talking: 'U praat met {name}',
  refused: 'Dat lukte niet. Probeert u het nog eens.',
  refusedNobody: 'Er is nu niemand om mee te praten. Wat u schreef, wordt hier beantwoord.',
  refusedQueue: 'Er wachten nu te veel mensen. Wat u schreef, wordt hier beantwoord.',
  refusedClosed: 'We zijn nu gesloten. Wat u schreef, wordt hier beantwoord.',
  lapsed: 'U bent niet meer aangemeld. Meld u weer aan of laad deze pagina opnieuw: wat u schreef, is bewaard en wordt dan verzonden.',
};

export default texts;
