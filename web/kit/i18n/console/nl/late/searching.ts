import type { Translation } from '../../../texts';
import type en from '../../en/late/searching';

export default {
  'search.placeholder': 'Personen en berichten zoeken',
  'search.clear': 'Zoekopdracht wissen',
  'search.idle': 'Vind iedereen en alles wat er is gezegd',
  'search.idle.more': 'Mensen op naam, e-mail en telefoon. Berichten, notities, labels en bestandsnamen, nieuwste eerst. Verfijn met from:, label:, in:, status:, after: en before:.',
  'search.narrow': 'De zoekopdracht verfijnen',
  'search.people': 'Personen',
  'search.people.more': 'Meer personen tonen',
  'search.messages': 'Berichten',
  'search.found.people': { one: '{count} persoon', other: '{count} personen' },
  'search.none': 'Niets gevonden voor “{query}”',
  'search.none.more': 'Probeer minder of andere woorden.',
  'search.more': 'Meer tonen',
  'search.found': { one: '{count} resultaat', other: '{count} resultaten' },
} satisfies Translation<typeof en>;
