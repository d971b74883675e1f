import Bell from '@lucide/svelte/icons/bell';
import CircleDot from '@lucide/svelte/icons/circle-dot';
import CircleMinus from '@lucide/svelte/icons/circle-minus';
import Coffee from '@lucide/svelte/icons/coffee';
import MoonStar from '@lucide/svelte/icons/moon-star';
import Volume from '@lucide/svelte/icons/volume-2';
import type { AgentState } from '$client';
import type { Icon } from '$kit/parts/options';
import { toast } from '$kit/parts/toasts.svelte';
import type { Action } from '../../../app/actions.svelte';
import { preferences } from '../../../app/preferences.svelte';
import { complain } from '../../../app/refusals';
import { seat } from '../../../app/seat.svelte';
import { t } from '../../../app/texts.svelte';

const icons: Record<AgentState, Icon> = { online: CircleDot, busy: CircleMinus, away: Coffee, offline: MoonStar };

const states: Action[] = (Object.keys(icons) as AgentState[]).map((state) => ({
  id: `state.${state}`,
  group: 'me',
  icon: icons[state],
  name: () => t(`action.state.${state}`),
  words: () => t('words.state'),
  when: () => seat.state !== state,
  perform: () => void seat.setState(state).catch(complain),
}));

async function notices() {
  if (preferences.get('notices')) return preferences.set('notices', false);
  const answer = await Notification.requestPermission();
  if (answer === 'granted') preferences.set('notices', true);
  else toast(t('failed.notices'), { tone: 'broken' });
}

export const liveActions: Action[] = [
  ...states,
  { id: 'sound', group: 'me', icon: Volume, name: () => t(preferences.get('sound') ? 'action.sound.off' : 'action.sound.on'), perform: () => preferences.set('sound', !preferences.get('sound')) },
  {
    id: 'notices',
    group: 'me',
    icon: Bell,
    name: () => t(preferences.get('notices') ? 'action.notices.off' : 'action.notices.on'),
    words: () => t('words.notices'),
    when: () => 'Notification' in globalThis,
    perform: () => void notices().catch(complain),
  },
];
