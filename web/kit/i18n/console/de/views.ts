import type { Translation } from '../../texts';
import type en from '../en/views';

export default {
  'action.newView': 'Neue Ansicht',
  'action.editView': 'Diese Ansicht bearbeiten',
  'action.copyView': 'Diese Ansicht duplizieren',
  'action.removeView': 'Diese Ansicht löschen',
  'views.arrange': 'Ansichten ordnen',
  'views.words': 'ansicht filter liste gespeichert',
  'views.removed': '{name} wurde gelöscht',
  'views.menu': 'Was mit {name} getan werden kann',
  'views.saved': 'Gespeicherte Ansichten',
  'views.building': 'Diese Ansicht wird gerade zusammengestellt; das Neueste ist schon da.',
  'views.broken': 'Diese Ansicht nennt etwas, das es nicht mehr gibt.',
  'views.mend': 'Reparieren',
} satisfies Translation<typeof en>;
