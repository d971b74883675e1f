import type { Catalogue } from '../../texts';

/** Who is on the site: what shows before the screen is opened. */
export default {
  'action.visitors': 'Visitors',
  'words.visitors': 'visitors site now online guests pages live list',
  'action.first': 'Start a conversation',
} satisfies Catalogue;
