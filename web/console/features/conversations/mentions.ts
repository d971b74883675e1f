export interface Named {
  id: string;
  name: string;
}

/** The piece of a mention that is being typed before the caret: "@No" gives "No". Only at the start of a word: an e-mail address is none. */
export function mentionAt(text: string, caret: number): { query: string; from: number } | undefined {
  const before = text.slice(0, caret);
  const match = /(?:^|[\s(])@([\p{L}\p{M}\p{N}._-]{0,30}(?: [\p{L}\p{M}]{1,20})?)$/u.exec(before);
  return match ? { query: match[1]!, from: caret - match[1]!.length - 1 } : undefined;
}

/** The people whose names stand in a text after an @. The longest name counts where one begins like another. */
export function mentioned(text: string, people: readonly Named[]): string[] {
  const found: string[] = [];
  let rest = text;
  for (const person of [...people].sort((a, b) => b.name.length - a.name.length)) {
    const parts = rest.split('@' + person.name);
    if (parts.length < 2) continue;
    const whole = parts.slice(1).some((after) => !/^[\p{L}\p{N}]/u.test(after));
    if (!whole) continue;
    found.push(person.id);
    rest = parts.join(' ');
  }
  return found;
}
