import type { Translation } from '../../../texts';
import type en from '../../en/late/searching';

export default {
  'search.placeholder': 'Buscar personas y mensajes',
  'search.clear': 'Borrar la búsqueda',
  'search.idle': 'Encuentra a todos y todo lo que se ha dicho',
  'search.idle.more': 'Personas por nombre, correo y teléfono. Mensajes, notas, etiquetas y nombres de archivos, lo más nuevo primero. Acota con from:, label:, in:, status:, after: y before:.',
  'search.narrow': 'Acotar la búsqueda',
  'search.people': 'Personas',
  'search.people.more': 'Mostrar más personas',
  'search.messages': 'Mensajes',
  'search.found.people': { one: '{count} persona', other: '{count} personas' },
  'search.none': 'Nada encontrado para «{query}»',
  'search.none.more': 'Prueba con menos palabras o con otras.',
  'search.more': 'Mostrar más',
  'search.found': { one: '{count} resultado', other: '{count} resultados' },
} satisfies Translation<typeof en>;
