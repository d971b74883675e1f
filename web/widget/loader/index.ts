import type { PublicInbox } from '../../client/types';
import type { ToApp, ToLoader } from '../shared/letters';
import { view } from './view';
import { pick } from './pick';

interface Kept {
  resume?: string | undefined;
  /** There is something to look after: the app is loaded in the background, for its badge. */
  threads?: boolean;
  /** Something of it is open or unread: whoever has that can always go on. */
  going?: boolean;
  /** The teaser was dismissed for good. */
  quiet?: boolean | undefined;
  /** What the visitor chose to be spoken to in. */
  language?: string;
}

type Call = [name: string, ...values: unknown[]];
type Listener = (detail: unknown) => void;

const script = document.currentScript as HTMLScriptElement;
const { origin } = new URL(script.src);
const { inbox, theme, lang } = script.dataset;
/** The page's own, where neither visitor nor site say anything. */
const written = document.documentElement.lang;
const key = `parley:${inbox}`;
const page = window as { Parley?: unknown };
const early = page.Parley as Call[] | undefined;
const narrow = matchMedia('(width<480px)');
const listeners: Record<string, Listener[]> = {};

let kept: Kept = recall('localStorage') ?? {};
let screen: ReturnType<typeof view> | undefined;
let frame: HTMLIFrameElement | undefined;
/** The app listens. */
let ready = false;
let open = !!recall('sessionStorage');
/** The app was asked for, by a consent or a farewell, maybe before there was anything to put it into. */
let needed = false;
let leaving = false;
let conversation: string | undefined;
let identity: string | undefined;
/** What the visitor told the site; nothing yet. */
let consent: boolean | undefined;
/** The message last shown beside the launcher. */
let shown: string | undefined;
let muted: HTMLElement[] = [];
/** How often it was asked in vain what the inbox is. */
let attempt = 0;
/** Nobody can begin anything now: there is no button. */
let closed: boolean;

// Storage is refused in some private windows: the widget then forgets, and works.
function recall<T>(storage: 'localStorage' | 'sessionStorage'): T | undefined {
  try {
    return JSON.parse(window[storage].getItem(key)!) as T;
  } catch {
    return undefined;
  }
}

function keep(storage: 'localStorage' | 'sessionStorage', value: unknown): void {
  try {
    if (value) window[storage].setItem(key, JSON.stringify(value));
    else window[storage].removeItem(key);
  } catch {
    // as above
  }
}

const here = () => ({ url: location.origin + location.pathname, title: document.title, referrer: document.referrer.split('?')[0]! });
const tell = (letter: ToApp) => ready && frame!.contentWindow!.postMessage(letter, origin);
const raise = (name: string, detail?: unknown) => listeners[name]?.forEach((listener) => listener(detail));

/** The app, from Parley's origin: only once it is opened or there is something to look after. */
function load(): void {
  needed = true;
  if (frame || !screen) return;
  frame = document.createElement('iframe');
  frame.title = screen.button.ariaLabel!;
  frame.allow = 'autoplay;clipboard-write;geolocation';
  frame.src = `${origin}/widget/?${new URLSearchParams({ inbox: inbox!, origin: location.origin, language: `${[lang, written]}`, theme: theme ?? '' })}`;
  screen.panel.append(frame);
}

function show(on: boolean): void {
  const changed = open !== on;
  open = on;
  if (!screen) return;
  if (on) load();
  screen.show(on);
  fit();
  keep('sessionStorage', on);
  const kind = on ? 'open' : 'close';
  tell({ kind, conversation });
  if (changed) raise(kind);
}

/** Where nobody can begin anything nothing is there. Full screen, nothing behind can be reached, and the keyboard of a telephone covers nothing. */
function fit(): void {
  screen!.host.hidden = closed && !open && !kept.going;
  const full = open && narrow.matches;
  const seen = visualViewport!;
  screen!.panel.style.cssText = full ? `height:${seen.height}px;translate:0 ${seen.offsetTop}px` : '';
  for (const element of muted) element.inert = false;
  muted = full ? ([...document.body.children] as HTMLElement[]).filter((element) => element !== screen!.host && !element.inert) : [];
  for (const element of muted) element.inert = true;
}

function hear(letter: ToLoader): void {
  switch (letter.kind) {
    case 'ready':
      ready = true;
      tell({
        kind: 'hello', open, resume: kept.resume, identity, conversation, consent,
        page: here(),
      });
      if (leaving) tell({ kind: 'shutdown' });
      break;
    case 'keep':
      if (!leaving) keep('localStorage', (kept = { ...kept, ...letter }));
      fit();
      break;
    case 'unread':
      screen!.count(letter.count);
      if (!open && shown !== letter.text) screen!.tease((shown = letter.text));
      raise('unread', letter.count);
      break;
    case 'close':
    case 'shutdown':
      api[letter.kind]();
      screen!.button.focus();
      break;
    case 'ended':
      frame!.remove();
      frame = undefined;
      leaving = ready = false;
      kept = { quiet: kept.quiet };
      screen!.count(0);
      fit();
      break;
    case 'event':
      raise(letter.name, letter.detail);
  }
}

const api = {
  /** Opens the panel, on a conversation when one is named. */
  open(id?: string) {
    conversation = id;
    show(true);
  },
  close: () => show(false),
  /** The site's signed word for who this is. */
  identify(jwt: string) {
    tell({ kind: 'identify', identity: (identity = jwt) });
  },
  /** Whether the visitor may be told apart by page and browser; yes also lets the app load before it is opened. */
  consent(yes = true) {
    tell({ kind: 'consent', consent: (consent = yes) });
    if (yes) load();
  },
  on(name: string, listener: Listener) {
    (listeners[name] ??= []).push(listener);
  },
  /** Signs this visitor out: nothing of them stays here, and the tokens they had are worth nothing. */
  shutdown() {
    keep('localStorage', kept.quiet && { quiet: true });
    identity = consent = undefined;
    if ((leaving = !!(frame ?? kept.resume))) load();
    show(false);
    tell({ kind: 'shutdown' });
  },
  push: (call: Call) => (api as unknown as Record<string, undefined | ((...values: unknown[]) => void)>)[call[0]]?.(...call.slice(1)),
};

function start({ brand, texts, languages, segments, availability: { button, hides } }: PublicInbox): void {
  // Hours begin and end, and people come and go, while a page stands open.
  if (hides) setTimeout(ask, 6e4);
  closed = button === 'hidden';
  if (screen) return fit();
  const spoken = pick([kept.language, lang, written, ...navigator.languages], languages);
  const words = texts[spoken]!;
  const pressed = () => {
    show(!open);
    if (open) frame!.focus();
  };
  screen = view(brand.color, theme, words, pressed, () => {
    screen!.tease();
    if (shown) return;
    kept.quiet = true;
    keep('localStorage', kept);
  });
  addEventListener('message', (event) => {
    if (event.origin === origin && event.source === frame?.contentWindow) hear(event.data as ToLoader);
  });
  narrow.onchange = visualViewport!.onresize = visualViewport!.onscroll = fit;
  if (needed || kept.threads) load();
  show(open);
  // A site may go to another page without loading one, and tells nobody.
  let path: string;
  let teaser: string | undefined;
  const look = () => {
    if (path === (path = location.pathname)) return;
    tell({ kind: 'page', page: here() });
    const said = segments.find((it) => path.match(it.pattern) && (it.languages?.includes(spoken) ?? true))?.texts[spoken]?.teaser ?? words.teaser;
    if (!open && !shown && !kept.quiet && !kept.threads && teaser !== said) screen!.tease((teaser = said));
  };
  look();
  setInterval(look, 500);
  raise('ready');
}

/** Anonymous and cacheable; nothing about the visitor is in it. Tried again when there was no network, no server, or too much to do for it, each time later, and from the beginning after a minute. */
function ask(): void {
  const again = () => setTimeout(ask, 2000 << attempt++ % 6);
  fetch(`${origin}/v1/widget/inboxes/${inbox}`).then(
    async (answer) => (answer.ok ? start((await answer.json()) as PublicInbox) : answer.status > 428 ? again() : console.warn('parley', answer.status)),
    again,
  );
}

page.Parley = api;
early?.forEach?.(api.push);
if (document.body) ask();
else addEventListener('DOMContentLoaded', ask);
