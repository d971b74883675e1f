import type { Translation } from '../../texts';
import type en from '../en/views';

export default {
  'action.newView': 'Nieuwe weergave',
  'action.editView': 'Deze weergave bewerken',
  'action.copyView': 'Deze weergave dupliceren',
  'action.removeView': 'Deze weergave verwijderen',
  'views.arrange': 'Weergaven ordenen',
  'views.words': 'weergave filter lijst opgeslagen',
  'views.removed': '{name} is verwijderd',
  'views.menu': 'Wat er met {name} kan',
  'views.saved': 'Opgeslagen weergaven',
  'views.building': 'Deze weergave wordt samengesteld; het nieuwste staat er al.',
  'views.broken': 'Deze weergave noemt iets wat er niet meer is.',
  'views.mend': 'Herstellen',
} satisfies Translation<typeof en>;
