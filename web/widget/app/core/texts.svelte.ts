import type { PublicInbox } from '$client';
import { choose, fill, languages, type Language, type Translation, type Values } from '$kit/i18n/texts';
import * as times from '$kit/i18n/times';
import type en from '$kit/i18n/widget/en';

export type Key = keyof typeof en;
type Texts = Translation<typeof en>;

// One language is loaded, whichever it is.
const catalogues: Record<Language, () => Promise<{ default: Texts }>> = {
  en: () => import('$kit/i18n/widget/en'),
  de: () => import('$kit/i18n/widget/de'),
  nl: () => import('$kit/i18n/widget/nl'),
  es: () => import('$kit/i18n/widget/es'),
};

/** What is said in the other voice than a language has by itself (German Sie, the others je and tú): only what differs. */
const voices: { [L in Language]?: () => Promise<{ default: Partial<Texts> }> } = {
  de: () => import('$kit/i18n/widget/voices/de'),
  nl: () => import('$kit/i18n/widget/voices/nl'),
  es: () => import('$kit/i18n/widget/voices/es'),
};

let language = $state.raw<Language>('en');
// What was asked for last, and what is spoken: a language and whether in its other voice.
let asked = '';
let spoke = $state.raw('');
let texts = $state.raw({} as Texts);
let now = $state.raw(Date.now());

// Enough for "5m" and "Today": what is shown never lags by more than half a minute.
setInterval(() => (now = Date.now()), 30_000);

/** Speaks the first of the wanted languages that the inbox offers and we know, in the inbox's voice. */
export async function speak(wanted: readonly string[], inbox?: PublicInbox): Promise<void> {
  const known = spokenOf(inbox);
  const next = choose(wanted, known.length ? known : languages);
  // Whose language runs from the right reads so from the first moment; what has no such words yet stands in it as it is.
  document.documentElement.dir = /^,*(ar|fa|he|ur)/.test(`${wanted}`) ? 'rtl' : '';
  const other = !!inbox && (inbox.voice[next] === 'formal') !== (next === 'de');
  const wish = (asked = next + other);
  if (wish === spoke) return;
  const [own, over] = await Promise.all([catalogues[next](), other && voices[next]?.()]);
  if (wish !== asked) return;
  spoke = wish;
  texts = { ...own.default, ...(over && over.default) };
  language = next;
  document.documentElement.lang = next;
  document.title = t('title');
}

export function t(key: Key, values?: Values): string {
  return fill(language, texts[key], values);
}

/** The languages of an inbox that we speak, its first one first. */
export const spokenOf = (inbox?: PublicInbox): Language[] =>
  (inbox?.languages ?? []).map((tag) => tag.split('-')[0] as Language).filter((tag) => languages.includes(tag));

export const spoken = () => language;
/** Whether it is spoken in the other voice than it has by itself. */
export const inOther = () => spoke.endsWith('true');
export const present = () => now;

// English has many ways to say a time; the visitor's own is the right one.
const where = () => ({ language: navigator.languages.find((tag) => tag.startsWith(language)) ?? language });

export const when = {
  short: (iso: string) => times.short(Date.parse(iso), now, where()),
  clock: (iso: string) => times.clock(Date.parse(iso), where()),
  exact: (iso: string) => times.exact(Date.parse(iso), where()),
  inDay: (iso: string) => times.dayOf(Date.parse(iso), now, where()),
  day: (iso: string) => times.dayMark(Date.parse(iso), now, where()),
};

export function bytes(size: number): string {
  const [unit, value] = size < 1_000_000 ? ['kilobyte', Math.max(1, Math.round(size / 1000))] as const : ['megabyte', size / 1_000_000] as const;
  return new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: size < 10_000_000 ? 1 : 0 }).format(value);
}
