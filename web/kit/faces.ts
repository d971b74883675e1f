/** What stands for a person who has no picture: initials, and a hue that stays the same for the same person. */

export function initials(name: string): string {
  const words = name
    .trim()
    .split(/[\s._-]+/)
    .filter((w) => /\p{L}|\p{N}/u.test(w));
  const letters = words.length > 1 ? first(words[0]!) + first(words[words.length - 1]!) : first(words[0] ?? '?');
  return letters.toLocaleUpperCase();
}

/** 0–359, from the id where there is one (a name may change). FNV-1a with a finish that spreads ids which differ in one letter. */
export function hue(of: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < of.length; i++) hash = Math.imul(hash ^ of.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % 360;
}

function first(word: string): string {
  return [...word].find((c) => /\p{L}|\p{N}/u.test(c)) ?? '?';
}
