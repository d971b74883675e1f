import type { Translation } from '../../texts';
import type en from '../en/visiting';

export default {
  'action.visitors': 'Bezoekers',
  'words.visitors': 'bezoekers site nu online gasten pagina lijst',
  'action.first': 'Gesprek beginnen',
} satisfies Translation<typeof en>;
