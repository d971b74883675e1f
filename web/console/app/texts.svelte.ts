import { fill, times, type Language, type Text, type Translation, type Values } from '$kit';
import en from '$kit/i18n/console/en';
import type settings from '$kit/i18n/console/en/settings';
import { clock } from './clock.svelte';

export type Key = keyof typeof en | keyof typeof settings;
type Texts = Translation<typeof en>;
type More = Translation<typeof settings>;

const others: Record<Exclude<Language, 'en'>, () => Promise<{ default: Texts }>> = {
  de: () => import('$kit/i18n/console/de'),
  nl: () => import('$kit/i18n/console/nl'),
  es: () => import('$kit/i18n/console/es'),
};

/** What only the settings say: a screen with a thread on it does without. */
const mores: Record<Language, () => Promise<{ default: More }>> = {
  en: () => import('$kit/i18n/console/en/settings'),
  de: () => import('$kit/i18n/console/de/settings'),
  nl: () => import('$kit/i18n/console/nl/settings'),
  es: () => import('$kit/i18n/console/es/settings'),
};

let language = $state<Language>('en');
let texts = $state.raw<Record<string, Text>>(en satisfies Texts);
let learned = false;

const read = async (of: Language): Promise<Record<string, Text>> => ({ ...(of === 'en' ? en : (await others[of]()).default), ...(learned ? (await mores[of]()).default : {}) });

/** From now on the settings have their words, too, whatever is spoken. */
export async function learn() {
  if (learned) return;
  learned = true;
  texts = await read(language);
}

/** Loads and speaks a language; the screen changes in place. */
export async function speak(next: Language) {
  texts = await read(next);
  language = next;
  document.documentElement.lang = next;
}

export function t(key: Key, values?: Values): string {
  return fill(language, texts[key]!, values);
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
