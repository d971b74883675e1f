import { fill, times, type Language, type Translation, type Values } from '$kit';
import en from '$kit/i18n/console/en';
import { clock } from './clock.svelte';

export type Key = keyof typeof en;
type Texts = Translation<typeof en>;

const others: Record<Exclude<Language, 'en'>, () => Promise<{ default: Texts }>> = {
  de: () => import('$kit/i18n/console/de'),
  nl: () => import('$kit/i18n/console/nl'),
  es: () => import('$kit/i18n/console/es'),
};

let language = $state<Language>('en');
let texts = $state.raw<Texts>(en);

/** Loads and speaks a language; the screen changes in place. */
export async function speak(next: Language) {
  texts = next === 'en' ? en : (await others[next]()).default;
  language = next;
  document.documentElement.lang = next;
}

export function t(key: Key, values?: Values): string {
  return fill(language, texts[key], values);
}

export const spoken = {
  get language() {
    return language;
  },
};

const where = () => ({ language: language === 'en' ? (navigator.languages.find((l) => l.startsWith('en')) ?? 'en') : language });

/** Times in the reader's language and zone, kept fresh by the clock. */
export const when = {
  short: (iso: string) => times.short(Date.parse(iso), clock.now, where()),
  clock: (iso: string | number) => times.clock(at(iso), where()),
  exact: (iso: string | number) => times.exact(at(iso), where()),
  day: (at: number) => times.dayMark(at, clock.now, where()),
  moment: (iso: string | number) => times.moment(at(iso), clock.now, where()),
  ago: (iso: string) => times.ago(Date.parse(iso), clock.now, language),
  span: (ms: number) => times.span(ms, language),
  hours: (seconds: number) => times.hours(seconds, language),
  clockIn: (zone: string) => times.clock(clock.now, { ...where(), zone }),
};

function at(iso: string | number): number {
  return typeof iso === 'number' ? iso : Date.parse(iso);
}
