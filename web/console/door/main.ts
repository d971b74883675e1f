import { mount } from 'svelte';
import '$kit/base.css';
import '../app/fonts.css';
import { preferences } from '../app/preferences.svelte';
import { speak } from '../app/texts.svelte';
import Door from './Door.svelte';

preferences.apply();
await speak(preferences.language);
mount(Door, { target: document.getElementById('app')! });
