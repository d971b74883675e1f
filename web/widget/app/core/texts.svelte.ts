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

let language = $state.raw<Language>('en');
let texts = $state.raw({} as Texts);
let now = $state.raw(Date.now());

// Enough for "5m" and "Today": what is shown never lags by more than half a minute.
setInterval(() => (now = Date.now()), 30_000);

/** Speaks the first of the wanted languages that the inbox offers and we know. */
export async function speak(wanted: readonly string[], offered: readonly string[] = languages): Promise<void> {
  const known = languages.filter((one) => offered.includes(one));
  const next = choose(wanted, known.length ? known : languages);
  if (next === language && texts.title) return;
  texts = (await catalogues[next]()).default;
  language = next;
  document.documentElement.lang = next;
  document.title = t('title');
}

export function t(key: Key, values?: Values): string {
  return fill(language, texts[key], values);
}

export const spoken = () => language;
export const present = () => now;

// English has many ways to say a time; the visitor's own is the right one.
const where = () => ({ language: navigator.languages.find((tag) => tag.startsWith(language)) ?? language });

export const when = {
  short: (iso: string) => times.short(Date.parse(iso), now, where()),
  clock: (iso: string) => times.clock(Date.parse(iso), where()),
  exact: (iso: string) => times.exact(Date.parse(iso), where()),
  day: (iso: string) => times.dayMark(Date.parse(iso), now, where()),
};

export function bytes(size: number): string {
  const [unit, value] = size < 1_000_000 ? ['kilobyte', Math.max(1, Math.round(size / 1000))] as const : ['megabyte', size / 1_000_000] as const;
  return new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: size < 10_000_000 ? 1 : 0 }).format(value);
}
