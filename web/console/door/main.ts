import { mount } from 'svelte';
import '$kit/base.css';
import '../app/fonts.css';
import { preferences } from '../app/preferences.svelte';
import { learn, speak } from '../app/texts.svelte';
import Door from './Door.svelte';

preferences.apply();
await speak(preferences.language);
await learn('brands', 'people', 'setup', 'workspaces');
mount(Door, { target: document.getElementById('app')! });
