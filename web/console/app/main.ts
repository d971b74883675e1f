import { mount } from 'svelte';
import '$kit/base.css';
import './fonts.css';
import App from './App.svelte';
import { preferences } from './preferences.svelte';
import { speak } from './texts.svelte';

preferences.apply();
await speak(preferences.language);
mount(App, { target: document.getElementById('app')! });
