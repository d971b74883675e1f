import type { MailAddress } from '$client';

/** As it can stand in a field, and is read again. */
export const written = ({ address, name }: MailAddress): string => (name ? `${/[,;<>"@]/.test(name) ? `"${name.replaceAll('"', '')}"` : name} <${address}>` : address);

export const listed = (people: readonly MailAddress[] | undefined): string => (people ?? []).map(written).join(', ');

/** Where a list is parted: not within a name that stands in quotes. */
function parts(text: string): string[] {
  const found: string[] = [];
  let quoted = false;
  let part = '';
  for (const letter of text) {
    if (letter === '"') quoted = !quoted;
    if (!quoted && /[,;\n]/.test(letter)) {
      found.push(part);
      part = '';
    } else part += letter;
  }
  return [...found, part].map((each) => each.trim()).filter(Boolean);
}

/** One that could be written to: the server and the other side know better. */
export const isAddress = (text: string): boolean => text.length <= 254 && /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;".]+$/.test(text);

/** "Ana <ana@example.org>", or the address alone; nothing where there is none. */
export function one(text: string): MailAddress | undefined {
  const [, name, inside] = /^\s*(.*?)\s*<([^<>]*)>\s*$/.exec(text) ?? [];
  const address = (inside ?? text).trim();
  if (!isAddress(address)) return undefined;
  const called = name?.replaceAll('"', '').trim();
  return called ? { address, name: called } : { address };
}

/** What a text names: who can be written to, and what is left of it. */
export function read(text: string): { people: MailAddress[]; rest: string } {
  const people: MailAddress[] = [];
  const rest: string[] = [];
  for (const part of parts(text)) {
    const person = one(part);
    if (person) people.push(person);
    else rest.push(part);
  }
  return { people: unique(people), rest: rest.join(', ') };
}

/** Each once, whoever said it first. */
export function unique(people: readonly MailAddress[]): MailAddress[] {
  const seen = new Set<string>();
  return people.filter(({ address }) => !seen.has(address.toLowerCase()) && seen.add(address.toLowerCase()));
}

export const has = (people: readonly MailAddress[], address: string): boolean => people.some((each) => each.address.toLowerCase() === address.toLowerCase());
