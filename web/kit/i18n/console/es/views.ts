import type { Translation } from '../../texts';
import type en from '../en/views';

export default {
  'action.newView': 'Nueva vista',
  'action.editView': 'Editar esta vista',
  'action.copyView': 'Duplicar esta vista',
  'action.removeView': 'Eliminar esta vista',
  'views.arrange': 'Ordenar las vistas',
  'views.words': 'vista filtro lista guardada',
  'views.removed': 'Se eliminó {name}',
  'views.menu': 'Qué se puede hacer con {name}',
  'views.saved': 'Vistas guardadas',
  'views.building': 'Esta vista se está preparando; lo más nuevo ya está.',
  'views.broken': 'Esta vista nombra algo que ya no existe.',
  'views.mend': 'Reparar',
} satisfies Translation<typeof en>;
