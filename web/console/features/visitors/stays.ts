import type { Looked } from '$client';

/** How long somebody looked at a page, in milliseconds; nothing where nobody knows. */
export const stayed = (page: Looked, now: number, here: boolean): number | undefined =>
  page.until ? Math.max(0, Date.parse(page.until) - Date.parse(page.at)) : here ? Math.max(0, now - Date.parse(page.at)) : undefined;
