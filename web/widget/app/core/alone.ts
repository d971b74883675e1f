import type { ToApp } from '../../shared/letters';
import { read, write, type Page } from './page';

type Hello = Extract<ToApp, { kind: 'hello' }>;

/** Our own page keeps what otherwise the loader keeps. */
export function alone(search: URLSearchParams, heard: (letter: ToApp) => void): Page {
  const key = `parley:resume:${search}`;
  const hello: Hello = {
    kind: 'hello', resume: read(key), identity: undefined, consent: undefined, conversation: search.get('thread') ?? undefined, open: true,
    page: { url: location.origin + location.pathname, title: document.title, referrer: '' },
  };
  queueMicrotask(() => heard(hello));
  return {
    framed: false,
    tell(letter) {
      if (letter.kind === 'keep' && letter.resume) write(key, letter.resume);
      if (letter.kind === 'shutdown') heard(letter);
      if (letter.kind === 'ended') {
        write(key, undefined);
        location.reload();
      }
    },
  };
}
