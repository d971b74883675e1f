import { mount } from 'svelte';
import '$kit/base.css';
import './widget.css';
import App from './App.svelte';
import { Messenger } from './core/messenger.svelte';
import { languageKey, meet, read, type Page } from './core/page';
import { speak } from './core/texts.svelte';
import type { ToApp } from '../shared/letters';

const search = new URLSearchParams(location.search);
const theme = search.get('theme');
if (theme) document.documentElement.dataset['theme'] = theme;
const id = search.get('inbox') ?? '';
// What the site says it speaks with this visitor, what its page is written in, what the browser would like.
const [said = '', written = ''] = (search.get('language') ?? '').split(',');
const languages = [said, written, ...navigator.languages].filter(Boolean);

const late: Page = { get framed() { return page.framed; }, tell: (letter) => page.tell(letter) };
const messenger = new Messenger(id, late, said, languages);
let prepared: Promise<unknown> | undefined;

const page = meet(search, (letter) => void hear(letter));

async function hear(letter: ToApp): Promise<void> {
  // What follows the hello waits with it, and comes after it.
  await (prepared ??= Promise.all([speak([read(languageKey(id)) ?? '', ...languages]), messenger.prepare()]));
  switch (letter.kind) {
    case 'hello':
      mount(App, { target: document.getElementById('app')!, props: { messenger, framed: page.framed } });
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
    case 'page':
      return messenger.went(letter.page);
    case 'consent':
      return messenger.consent(letter.consent);
    case 'shutdown':
      return messenger.shutdown();
  }
}
