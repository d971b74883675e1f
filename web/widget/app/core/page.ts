import type { ToApp, ToLoader } from '../../shared/letters';

/** The page around the app: a site with the loader, or nobody when the app's own address was opened. */
export interface Page {
  readonly framed: boolean;
  tell(letter: ToLoader): void;
}

/**
 * Meets the page. Letters are taken only from our parent window and only from the origin that our address names; what we send goes to
 * that origin only. That the page may frame us at all is kept by `frame-ancestors`.
 */
export function meet(search: URLSearchParams, heard: (letter: ToApp) => void): Page {
  const origin = search.get('origin');
  if (window.parent === window || !origin) {
    // Most are in a page: who is not fetches what that takes.
    let own: Page | undefined;
    void import('./alone').then(({ alone }) => (own = alone(search, heard)));
    return { framed: false, tell: (letter) => own!.tell(letter) };
  }
  addEventListener('message', (event) => {
    if (event.source === window.parent && event.origin === origin) heard(event.data as ToApp);
  });
  const page: Page = { framed: true, tell: (letter) => window.parent.postMessage(letter, origin) };
  page.tell({ kind: 'ready' });
  return page;
}

/** Where the language is kept that the visitor chose on this device. */
export const languageKey = (inbox: string) => `parley:language:${inbox}`;

/** Small things that must be there at once on the next page. A browser that refuses storage forgets them. */
export function read(key: string, storage: 'localStorage' | 'sessionStorage' = 'localStorage'): string | undefined {
  try {
    return window[storage].getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

export function write(key: string, value: string | undefined, storage: 'localStorage' | 'sessionStorage' = 'localStorage'): void {
  try {
    if (value) window[storage].setItem(key, value);
    else window[storage].removeItem(key);
  } catch {
    // as above
  }
}

/** Forgets all that was kept under a prefix. */
export function forget(prefix: string): void {
  for (const storage of ['localStorage', 'sessionStorage'] as const) {
    try {
      for (const key of Object.keys(window[storage])) if (key.startsWith(prefix)) window[storage].removeItem(key);
    } catch {
      // as above
    }
  }
}
