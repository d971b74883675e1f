import type { Looked } from '$client';

/** How long somebody looked at a page, in milliseconds; nothing where nobody knows. */
export const stayed = (page: Looked, now: number, here: boolean): number | undefined =>
  page.until ? Math.max(0, Date.parse(page.until) - Date.parse(page.at)) : here ? Math.max(0, now - Date.parse(page.at)) : undefined;

/** An address as people read it. */
export const short = (url: string): string => (URL.canParse(url) ? new URL(url).host + new URL(url).pathname.replace(/\/$/, '') : url);

export const safe = (url: string): boolean => /^https?:\/\//i.test(url);
