import type { Translation } from '../texts';
import type en from './en';

const texts: Translation<typeof en> = {
  form: 'Formulario',
  optional: 'opcional',
  send: 'Enviar',
  choose: 'Elegir',
  yes: 'Sí',
  check: 'Falta revisar: {names}',
  'flaw.required': 'Falta este dato.',
  'flaw.email': 'No parece una dirección de correo.',
  'flaw.phone': 'No parece un número de teléfono.',
  'flaw.number': 'Aquí va un número.',
  'flaw.date': 'Aquí va un día.',
  'flaw.tooLong': 'Como mucho {max} caracteres.',
  'flaw.tooSmall': 'Como mínimo {min}.',
  'flaw.tooLarge': 'Como mucho {max}.',
  'flaw.choice': 'Hay que elegir una de estas opciones.',
  'flaw.unknown': 'Esto ya no se pregunta.',
  begin: 'Unos datos antes de empezar',
  'begin.send': 'Empezar la conversación',
  away: 'Ahora no hay nadie. Con esto podremos responder más tarde.',
  full: 'Ahora hay muchas personas esperando. Con esto podremos responder más tarde.',

  answered: 'Respondido',
  chosen: 'Elegido',
  failed: 'No enviado',
  again: 'Intentar otra vez',

  replies: 'Respuestas rápidas',
  list: { one: 'Lista con {count} entrada', other: 'Lista con {count} entradas' },
  cards: { one: '{count} tarjeta', other: '{count} tarjetas' },
  previous: 'Tarjeta anterior',
  next: 'Tarjeta siguiente',
  open: 'Abrir {name}',
  newTab: 'se abre en una pestaña nueva',
  read: 'Seguir leyendo',

  place: 'Lugar',
  map: 'Ver en el mapa',
  share: 'Compartir mi ubicación',
  sharing: 'Buscando la ubicación…',
  shared: 'Mi ubicación',
  'place.denied': 'El navegador no revela la ubicación. También se puede escribir como mensaje.',
  'place.failed': 'No se pudo encontrar la ubicación. También se puede escribir como mensaje.',

  rating: '¿Qué tal ha ido?',
  'rating.1': 'Muy mal',
  'rating.2': 'Mal',
  'rating.3': 'Normal',
  'rating.4': 'Bien',
  'rating.5': 'Muy bien',
  words: '¿Algo que añadir?',
  thanks: '¡Gracias por la valoración!',
};

export default texts;
