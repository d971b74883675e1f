import type { Translation } from '../../texts';
import type en from '../en/live';

export default {
  'state.menu': '{name}, {state}. Cambiar',
  'state.online': 'En línea',
  'state.busy': 'Ocupado',
  'state.away': 'Ausente',
  'state.offline': 'Desconectado',
  'state.online.hint': 'Recibe nuevas',
  'state.busy.hint': 'Conserva las suyas',
  'state.away.hint': 'Sin nuevas',
  'state.offline.hint': 'No está',
  'bar.away': 'Estás ausente: las conversaciones nuevas van a otros.',
  'bar.offline': 'Estás desconectado: las conversaciones nuevas van a otros.',
  'away.idle': 'Parecía que no había nadie: ahora estás ausente y las conversaciones nuevas van a otros.',
  'load': '{load} de {capacity}',
  'offer.name': 'Una oferta',
  'offer.announced': '{name} espera. ¿La aceptas?',
  'offer.somebody': 'Alguien',
  'offer.left': { one: 'queda {count} segundo', other: 'quedan {count} segundos' },
  'offer.asked': 'quiere hablar ahora',
  'offer.waits': 'espera desde {time}',
  'offer.others': { one: '{count} más', other: '{count} más' },
  'offer.accept': 'Aceptar',
  'offer.decline': 'Pasar',
  'offer.taken': 'Ahora la tiene {name}.',
} satisfies Translation<typeof en>;
