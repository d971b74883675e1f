/**
 * What the loader in the customer's page and the app in its frame say to each other by postMessage. Both check window and origin:
 * the loader knows Parley's origin from its own address, the app knows the page's from its address (`frame-ancestors` vouches for it).
 */
export type ToApp =
  | {
      kind: 'hello';
      /** What the page keeps for us: who this visitor is. */
      resume: string | undefined;
      /** The site's word, signed, for who its user is. */
      identity: string | undefined;
      page: { url: string; title: string; referrer: string };
      /** What the visitor told the site of being noted; nothing yet. */
      consent: boolean | undefined;
      open: boolean;
      /** A conversation to show. */
      conversation: string | undefined;
    }
  | { kind: 'open' | 'close'; conversation: string | undefined }
  | { kind: 'identify'; identity: string }
  | { kind: 'consent'; consent: boolean }
  /** The site has gone to another page without loading one. */
  | { kind: 'page'; page: { url: string; title: string; referrer: string } }
  | { kind: 'shutdown' };

export type ToLoader =
  | { kind: 'ready' }
  /** Keep this; `threads` tells whether there is anything to look after when the page is opened next, `going` whether any of it is open or unread, `language` which one the visitor chose. */
  | { kind: 'keep'; resume?: string; threads?: boolean; going?: boolean; language?: string }
  | { kind: 'unread'; count: number; text?: string }
  | { kind: 'close' }
  /** The visitor wants to be forgotten here. */
  | { kind: 'shutdown' }
  | { kind: 'ended' }
  | { kind: 'event'; name: string; detail?: unknown };
