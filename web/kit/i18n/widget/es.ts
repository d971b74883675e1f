import type { Translation } from '../texts';
import type en from './en';

const texts: Translation<typeof en> = {
  title: 'Mensajes',
  close: 'Cerrar',
  back: 'Atrás',
  here: '{name} está aquí',
  hereTeam: '{name} y el equipo están aquí',
  hereNobodyNamed: 'Estamos aquí',
  away: 'Respondemos en cuanto podamos',
  closed: 'Escribe cuando quieras, volvemos luego',
  closedUntil: 'Volvemos: {day} a las {time}. Escribe cuando quieras',
  unread: { one: '{count} mensaje nuevo', other: '{count} mensajes nuevos' },
  you: 'Tú',
  us: 'El equipo',
  photo: 'Imagen',

  thread: 'Conversación con {name}',
  log: 'Mensajes',
  loading: 'Cargando mensajes…',
  newMark: 'Nuevo',
  sending: 'Enviando',
  waiting: 'Espera la conexión',
  sent: 'Enviado',
  delivered: 'Entregado',
  read: 'Leído',
  failed: 'No enviado',
  retry: 'Reintentar',
  edited: 'editado',
  gone: 'Mensaje eliminado',
  openImage: 'Abrir imagen {name}',
  actions: 'Qué hacer con este mensaje',

  write: 'Escribe un mensaje…',
  send: 'Enviar',
  save: 'Guardar',
  attach: 'Añadir un archivo',
  emoji: 'Añadir un emoji',
  uploading: '{share} subido',

  offline: 'Sin conexión. Lo que escribas se guarda y se envía después.',
  reconnecting: 'Conectando de nuevo…',
  unavailable: 'No se pudieron cargar los mensajes.',
};

export default texts;
