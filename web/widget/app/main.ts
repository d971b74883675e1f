import { mount } from 'svelte';
import '$kit/base.css';
import './widget.css';
import App from './App.svelte';
import { Messenger } from './core/messenger.svelte';
import { meet, type Page } from './core/page';
import { speak } from './core/texts.svelte';
import type { ToApp } from '../shared/letters';

const search = new URLSearchParams(location.search);
const theme = search.get('theme');
if (theme) document.documentElement.dataset['theme'] = theme;
const languages = [search.get('language') ?? '', ...navigator.languages].filter(Boolean);

const late: Page = { get framed() { return page.framed; }, tell: (letter) => page.tell(letter) };
const messenger = new Messenger(search.get('inbox') ?? '', late);
let prepared: Promise<unknown> | undefined;

const page = meet(search, (letter) => void hear(letter));

async function hear(letter: ToApp): Promise<void> {
  // What follows the hello waits with it, and comes after it.
  await (prepared ??= Promise.all([speak(languages), messenger.prepare()]));
  switch (letter.kind) {
    case 'hello':
      mount(App, { target: document.getElementById('app')!, props: { messenger, languages, framed: page.framed } });
      return messenger.start(letter);
    case 'open':
      messenger.open = true;
      if (letter.conversation) messenger.show(letter.conversation);
      // The visitor opened it: their keyboard goes on inside. The frame's own field decides where.
      document.dispatchEvent(new CustomEvent('parley:opened'));
      return messenger.attend();
    case 'close':
      messenger.open = false;
      return messenger.attend();
    case 'identify':
      return messenger.identify(letter.identity);
    case 'consent':
      return messenger.consent(letter.consent);
    case 'shutdown':
      return messenger.shutdown();
  }
}
