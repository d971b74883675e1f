import type { Catalogue } from '../../texts';

/** Saved views, as far as the first screen speaks of them; the builder has words of its own. */
export default {
  'action.newView': 'New view',
  'action.editView': 'Edit this view',
  'action.copyView': 'Duplicate this view',
  'action.removeView': 'Delete this view',
  'views.arrange': 'Order the views',
  'views.words': 'view filter list saved',
  'views.removed': '{name} was deleted',
  'views.menu': 'What can be done with {name}',
  'views.saved': 'Saved views',
  'views.building': 'This view is being put together; what is newest is here already.',
  'views.broken': 'This view names something that is gone.',
  'views.mend': 'Mend',
} satisfies Catalogue;
