/** Paths as they are typed, one a line; whole addresses are pasted too, and what follows a question mark or # never counts. */
export function pathsOf(lines: string): string[] {
  const paths = lines.split(/[\n,]/).map(pathOf).filter(Boolean);
  return [...new Set(paths)];
}

/** The path of what somebody pasted or typed. */
export function pathOf(text: string): string {
  const bare = text.trim().replace(/^[a-z]+:\/\/[^/?#]*/i, (origin) => (origin.length === text.trim().length ? '/' : ''));
  return bare.replace(/[?#].*$/s, '') || (bare ? '/' : '');
}

/** As it stands in the address of a page, which is what a widget compares. */
export const asAddress = (path: string): string => new URL(pathOf(path) || '/', 'https://page.invalid').pathname;

export const wrongPaths = (paths: readonly string[]): string[] => paths.filter((path) => !/^[/*]\S*$/.test(path) || path.length > 300);

/** An id that none of the others has; it says something to whoever reads the settings by the API. */
export function freeId(name: string, taken: readonly { id: string }[]): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 40) || 'pages';
  let id = plain;
  for (let n = 2; taken.some((segment) => segment.id === id); n++) id = `${plain}-${n}`;
  return id;
}
