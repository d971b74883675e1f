import type { Catalogue } from '../../../texts';

/** Searching: fetched with its screen. */
export default {
  'search.placeholder': 'Search people and messages',
  'search.clear': 'Clear the search',
  'search.idle': 'Find everybody and everything that was said',
  'search.idle.more': 'People by name, mail and phone. Messages, notes, labels and names of files, newest first. Narrow it with from:, label:, in:, status:, after: and before:.',
  'search.narrow': 'Narrow the search',
  'search.people': 'People',
  'search.people.more': 'Show more people',
  'search.messages': 'Messages',
  'search.found.people': { one: '{count} person', other: '{count} people' },
  'search.none': 'Nothing found for “{query}”',
  'search.none.more': 'Try fewer or other words.',
  'search.more': 'Show more',
  'search.found': { one: '{count} hit', other: '{count} hits' },
} satisfies Catalogue;
