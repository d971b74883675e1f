/** Where one is, as the address says it: `#/mine/cnv_…?at=12`, `#/search?q=…`, `#/supervision/cnv_…`, `#/settings/inboxes/inb_…/texts`. Back and forward are the browser's. */

export type SettingsPage = 'start' | 'me' | 'brands' | 'inboxes' | 'agents' | 'teams' | 'attributes' | 'replies' | 'tokens' | 'mails' | 'channels' | 'attention';

export type Place =
  | { screen: 'inbox'; view: string; conversation?: string; at?: number }
  | { screen: 'search'; q: string; conversation?: string; at?: number }
  | { screen: 'supervision'; conversation?: string; at?: number }
  | { screen: 'visitors'; conversation?: string; at?: number }
  | { screen: 'settings'; page: SettingsPage; id?: string; part?: string };

const pages: readonly SettingsPage[] = ['start', 'me', 'brands', 'inboxes', 'agents', 'teams', 'attributes', 'replies', 'tokens', 'mails', 'channels', 'attention'];

export function parse(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?');
  const [head = '', second, third, fourth] = path.split('/').map(decodeURIComponent);
  const params = new URLSearchParams(query);
  const seq = Number(params.get('at'));
  const at = Number.isInteger(seq) && seq > 0 ? { at: seq } : {};
  if (head === 'settings') {
    const page = pages.find((p) => p === second) ?? 'me';
    return { screen: 'settings', page, ...(third ? { id: third } : {}), ...(fourth ? { part: fourth } : {}) };
  }
  const conversation = second ? { conversation: second } : {};
  if (head === 'search') return { screen: 'search', q: params.get('q') ?? '', ...conversation, ...at };
  if (head === 'supervision') return { screen: 'supervision', ...conversation, ...at };
  if (head === 'visitors') return { screen: 'visitors', ...conversation, ...at };
  return { screen: 'inbox', view: head || 'mine', ...conversation, ...at };
}

export function write(place: Place): string {
  const params = new URLSearchParams();
  if (place.screen === 'settings') return '#/' + ['settings', place.page, place.id, place.part].filter(Boolean).join('/');
  const head = place.screen === 'inbox' ? place.view : place.screen;
  if (place.screen === 'search' && place.q) params.set('q', place.q);
  if (place.at) params.set('at', String(place.at));
  const path = '#/' + [head, place.conversation].filter((p) => p !== undefined).join('/');
  const query = params.toString();
  return query ? `${path}?${query}` : path;
}

const kept = 'parley.place';

/** Without an address one is where one was. */
function start(): Place {
  if (location.hash.length > 2) return parse(location.hash);
  try {
    return parse(localStorage.getItem(kept) ?? '');
  } catch {
    return parse('');
  }
}

class Route {
  place = $state.raw<Place>(start());

  constructor() {
    addEventListener('hashchange', () => this.#be(parse(location.hash)));
  }

  #be(place: Place) {
    this.place = place;
    try {
      localStorage.setItem(kept, write(place));
    } catch {
      // A full or forbidden storage: next time one begins at the beginning.
    }
  }

  go(place: Place, replace = false) {
    const hash = write(place);
    if (hash === location.hash) return;
    if (replace) history.replaceState(null, '', hash);
    else history.pushState(null, '', hash);
    this.#be(place);
  }

  get conversation(): string | undefined {
    return this.place.screen === 'settings' ? undefined : this.place.conversation;
  }

  get view(): string {
    return this.place.screen === 'inbox' ? this.place.view : 'mine';
  }

  /** Opens a conversation where one is: in the view, or beside the hits of a search. */
  open(conversation: string | undefined, at?: number, replace = false) {
    const { place } = this;
    const more = { ...(conversation ? { conversation } : {}), ...(at ? { at } : {}) };
    if (place.screen === 'search') this.go({ screen: 'search', q: place.q, ...more }, replace);
    else if (place.screen === 'supervision' || place.screen === 'visitors') this.go({ screen: place.screen, ...more }, replace);
    else this.go({ screen: 'inbox', view: this.view, ...more }, replace);
  }
}

export const route = new Route();
