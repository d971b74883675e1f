import { fill, times, type Language, type Text, type Translation, type Values } from '$kit';
import type en from '$kit/i18n/console/en';
import { unpack, type LateKey, type Pack } from '$kit/i18n/console/packs';
import { clock } from './clock.svelte';

export type Key = keyof typeof en | LateKey;
type Texts = Translation<typeof en>;

/** Whatever is spoken is fetched, English too: nobody loads a language for nothing. */
const firsts: Record<Language, () => Promise<{ default: Texts }>> = {
  en: () => import('$kit/i18n/console/en'),
  de: () => import('$kit/i18n/console/de'),
  nl: () => import('$kit/i18n/console/nl'),
  es: () => import('$kit/i18n/console/es'),
};

let language = $state<Language>('en');
let texts = $state.raw<Record<string, Text>>({});
let asked = 0;
const learned = new Set<Pack>();

const unpacked = async (packs: readonly Pack[], of: Language) => Object.assign({}, ...(await Promise.all(packs.map((pack) => unpack(pack, of))))) as Record<string, Text>;

/** From now on what these packs hold can be said, too, whatever is spoken. */
export async function learn(...packs: Pack[]) {
  const fresh = packs.filter((pack) => !learned.has(pack));
  if (!fresh.length) return;
  let into: Language;
  let more;
  do {
    into = language;
    more = await unpacked(fresh, into);
  } while (into !== language);
  fresh.forEach((pack) => learned.add(pack));
  texts = { ...texts, ...more };
}

/** Loads and speaks a language; the screen changes in place. Who asks last is heard. */
export async function speak(next: Language) {
  const turn = ++asked;
  const first = (await firsts[next]()).default;
  let packs;
  let more;
  do {
    packs = [...learned];
    more = await unpacked(packs, next);
  } while (packs.length !== learned.size);
  if (turn !== asked) return;
  texts = { ...first, ...more };
  language = next;
  document.documentElement.lang = next;
}

/** What is not there shows its key: a mistake must show. */
export function t(key: Key, values?: Values): string {
  return fill(language, texts[key] ?? key, values);
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
