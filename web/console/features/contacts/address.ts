/** An address as people read it. */
export const short = (url: string): string => (URL.canParse(url) ? new URL(url).host + new URL(url).pathname.replace(/\/$/, '') : url);

/** An address that a click may lead to. */
export const safe = (url: string): boolean => /^https?:\/\//i.test(url);
