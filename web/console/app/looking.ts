import Command from '@lucide/svelte/icons/command';
import Keyboard from '@lucide/svelte/icons/keyboard';
import Languages from '@lucide/svelte/icons/languages';
import LogOut from '@lucide/svelte/icons/log-out';
import Settings from '@lucide/svelte/icons/settings';
import SunMoon from '@lucide/svelte/icons/sun-moon';
import Undo2 from '@lucide/svelte/icons/undo-2';
import { languageNames, languages, typing, type Language } from '$kit';
import { undo, undoes } from '$kit/parts/toasts.svelte';
import type { Action } from './actions.svelte';
import { palette } from './palette.svelte';
import { preferences, type Theme } from './preferences.svelte';
import { complain } from './refusals';
import { route, type SettingsPage } from './route.svelte';
import { seat } from './seat.svelte';
import { speak, spoken, t } from './texts.svelte';

const pages: SettingsPage[] = ['me', 'brands', 'inboxes', 'agents', 'teams', 'attributes', 'replies', 'attention', 'tokens', 'mails', 'channels'];
const themes: Theme[] = ['system', 'light', 'dark'];

const settings: Action[] = pages.map((page) => ({
  id: `settings.${page}`,
  group: 'go',
  icon: Settings,
  name: () => t('action.settings.page', { page: t(`settings.${page}`) }),
  when: () => page === 'me' || page === 'replies' || page === 'attention' || seat.governs,
  perform: () => route.go({ screen: 'settings', page }),
}));

/** While it is offered; in a field that has words the key is the field's own. */
const undoable = () => {
  const field = document.activeElement;
  return undoes() && !(typing(field) && ((field as HTMLInputElement).value ?? field!.textContent));
};

/** What concerns the console itself: finding, settings, looks. */
export const appActions: Action[] = [
  { id: 'palette', group: 'go', icon: Command, name: () => t('palette.name'), shortcuts: ['mod+k'], silent: true, perform: () => (palette.open = true) },
  { id: 'shortcuts', group: 'look', icon: Keyboard, name: () => t('action.shortcuts'), shortcuts: ['?'], perform: () => (palette.shortcuts = true) },
  { id: 'settings', group: 'go', icon: Settings, name: () => t('action.settings'), shortcuts: ['g s', 'mod+,'], perform: () => route.go({ screen: 'settings', page: 'me' }) },
  ...settings,
  { id: 'undo', group: 'look', icon: Undo2, name: () => t('undo'), shortcuts: ['mod+z', 'z'], when: undoable, perform: undo },
  {
    id: 'theme',
    group: 'look',
    icon: SunMoon,
    name: () => t('action.theme'),
    words: () => t('words.theme'),
    choose: {
      placeholder: () => t('action.theme'),
      options: () => themes.map((theme) => ({ id: theme, name: t(`theme.${theme}`), checked: preferences.get('theme') === theme || undefined })),
      pick: (id) => preferences.set('theme', id as Theme),
    },
  },
  {
    id: 'language',
    group: 'look',
    icon: Languages,
    name: () => t('action.language'),
    words: () => 'language Sprache taal idioma',
    choose: {
      placeholder: () => t('action.language'),
      options: () => languages.map((each) => ({ id: each, name: languageNames[each], checked: spoken.language === each || undefined })),
      pick: (id) => {
        preferences.set('language', id as Language);
        speak(id as Language).catch(complain);
      },
    },
  },
  { id: 'signOut', group: 'me', icon: LogOut, name: () => t('action.signOut'), perform: () => void seat.signOut().catch(complain) },
];
