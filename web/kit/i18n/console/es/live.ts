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
  'away.idle': 'Aquí no se movió nada durante 15 minutos; ahora estás ausente.',
} satisfies Translation<typeof en>;
