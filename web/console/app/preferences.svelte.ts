import { choose, languages, type Language } from '$kit';

export type Theme = 'system' | 'light' | 'dark';

interface Kept {
  theme: Theme;
  language: Language | 'system';
  listWidth: number;
  panel: boolean;
  sound: boolean;
  notices: boolean;
  enterSends: boolean;
  /** Away when the screen is locked. */
  locked: boolean;
  /** The saved views in the order of the rail. */
  views: string[];
}

const place = 'parley.console';
const first: Kept = { theme: 'system', language: 'system', listWidth: 348, panel: true, sound: true, notices: false, enterSends: true, locked: false, views: [] };

/** What this person likes on this machine. Kept in the browser, not in their account: a telephone and a desk differ. */
class Preferences {
  #kept = $state<Kept>({ ...first, ...read() });

  get<K extends keyof Kept>(key: K): Kept[K] {
    return this.#kept[key];
  }

  set<K extends keyof Kept>(key: K, value: Kept[K]) {
    this.#kept[key] = value;
    try {
      localStorage.setItem(place, JSON.stringify(this.#kept));
    } catch {
      // A full or forbidden storage: the choice holds until the page is left.
    }
    if (key === 'theme') this.apply();
  }

  get language(): Language {
    return this.#kept.language === 'system' ? choose(navigator.languages, languages) : this.#kept.language;
  }

  apply() {
    const root = document.documentElement;
    if (this.#kept.theme === 'system') delete root.dataset.theme;
    else root.dataset.theme = this.#kept.theme;
  }
}

function read(): Partial<Kept> {
  try {
    return JSON.parse(localStorage.getItem(place) ?? '{}') as Partial<Kept>;
  } catch {
    return {};
  }
}

export const preferences = new Preferences();
