import type { Translation } from '../../texts';
import type en from '../en';

const texts: Partial<Translation<typeof en>> = {
  ask: '¿En qué podemos ayudarle?',
  conversations: 'Sus conversaciones',
  youSaid: 'Usted: {text}',
  forgetSure: 'Sus conversaciones, borradores y ajustes desaparecen de este dispositivo y nadie podrá volver a ellos aquí. Lo que ha enviado se queda con nosotros.',
  refusedStarts: 'Se han iniciado muchas conversaciones desde aquí. Espere un poco o continúe en una de ellas.',
  beginning: 'Pregúntenos lo que quiera. La conversación se queda aquí, no hace falta que espere.',
  beginningLive: 'Pregúntenos lo que quiera.',
  queueNext: 'El siguiente turno es el suyo',
  queueLooking: 'Estamos buscando a alguien para usted',
  queueFree: 'No hace falta que espere: puede irse cuando quiera, la respuesta llegará aquí.',
  queueStay: 'Quédese en esta página para conservar su puesto.',
  talking: 'Usted habla con {name}',
  drop: 'Suelte los archivos aquí',
  refused: 'No se pudo hacer. Inténtelo de nuevo.',
  refusedNobody: 'Ahora no hay nadie con quien hablar. Lo que ha escrito se responderá aquí.',
  refusedQueue: 'Ahora hay demasiadas personas esperando. Lo que ha escrito se responderá aquí.',
  refusedClosed: 'Ahora está cerrado. Lo que ha escrito se responderá aquí.',
  lapsed: 'Ya no ha iniciado sesión. Vuelva a iniciarla o recargue la página: lo que ha escrito se guarda y se envía entonces.',
};

export default texts;
