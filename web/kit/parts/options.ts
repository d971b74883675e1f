import type { Component } from 'svelte';

export type Icon = Component<{ size?: number; strokeWidth?: number; class?: string }>;

/** One line of a menu, a picker or the palette. */
export interface Option {
  id: string;
  name: string;
  icon?: Icon | undefined;
  /** A face in the icon's place. */
  person?: { id: string; name: string; picture?: string | undefined; presence?: 'online' | 'away' | undefined } | undefined;
  hint?: string | undefined;
  shortcut?: string | undefined;
  group?: string | undefined;
  /** More words it can be found by. */
  words?: string | undefined;
  checked?: boolean | undefined;
  danger?: boolean | undefined;
  disabled?: boolean | undefined;
  /** Made of what was typed, and meant by it: above all that is only alike. */
  first?: boolean | undefined;
}

/**
 * How well a query fits: 0 is not at all. Whole prefix beats the start of a word beats letters in order,
 * so that "cl" finds "Close" before "Label urgent call".
 */
export function fit(query: string, option: Option): number {
  const q = fold(query);
  if (!q) return 1;
  const name = fold(option.name);
  if (name.startsWith(q)) return 100;
  if (wordStart(name, q)) return 80;
  const more = fold(`${option.words ?? ''} ${option.group ?? ''} ${option.hint ?? ''}`);
  if (wordStart(more, q)) return 50;
  if (name.includes(q)) return 40;
  const words = q.split(/\s+/);
  if (words.length > 1 && words.every((w) => wordStart(name + ' ' + more, w))) return 60;
  return inOrder(name, q) ? 10 : 0;
}

export function filtered<T extends Option>(options: T[], query: string): T[] {
  if (!query.trim()) return options;
  return options
    .map((option, i) => ({ option, i, score: fit(query, option) }))
    .filter((o) => o.score > 0)
    .sort((a, b) => b.score - a.score || a.i - b.i)
    .map((o) => o.option);
}

/** What was found, and what was made of the words themselves: a time stands first, a new name last. */
export function withMade<T extends Option>(found: T[], made: T | undefined): T[] {
  if (!made) return found;
  return made.first ? [made, ...found.filter((option) => option.id !== made.id)] : [...found, made];
}

function fold(text: string): string {
  return text.trim().toLocaleLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
}

function wordStart(text: string, q: string): boolean {
  let at = text.indexOf(q);
  while (at > 0 && /[\p{L}\p{N}]/u.test(text[at - 1]!)) at = text.indexOf(q, at + 1);
  return at >= 0;
}

function inOrder(text: string, q: string): boolean {
  if (q.length < 2) return false;
  let i = 0;
  for (const c of text) if (c === q[i]) i++;
  return i === q.length;
}
