import type { Catalogue } from '../../texts';

export default {
  'state.menu': '{name}, {state}. Change',
  'state.online': 'Online',
  'state.busy': 'Busy',
  'state.away': 'Away',
  'state.offline': 'Offline',
  'state.online.hint': 'Takes new',
  'state.busy.hint': 'Keeps those you have',
  'state.away.hint': 'No new ones',
  'state.offline.hint': 'Not here',
  'bar.away': 'You are away: new conversations go to others.',
  'bar.offline': 'You are offline: new conversations go to others.',
  'away.idle': 'Nothing was moved here for 15 minutes, so you are away now.',
} satisfies Catalogue;
