import { fill, type Catalogue, type Language, type Translation, type Values } from '$kit/i18n/texts';
import type en from '$kit/i18n/more/en';
import { inOther, spoken } from './texts.svelte';

type Texts = Translation<typeof en>;

const catalogues: Record<Language, () => Promise<{ default: Texts }>> = {
  en: () => import('$kit/i18n/more/en'),
  de: () => import('$kit/i18n/more/de'),
  nl: () => import('$kit/i18n/more/nl'),
  es: () => import('$kit/i18n/more/es'),
};
const voices: { [L in Language]?: () => Promise<{ default: Partial<Catalogue> }> } = {
  de: () => import('$kit/i18n/more/voices/de'),
  nl: () => import('$kit/i18n/more/voices/nl'),
  es: () => import('$kit/i18n/more/voices/es'),
};

let texts = $state.raw({} as Texts);
let asked = 0;

async function load(language: Language, other: boolean): Promise<void> {
  const mine = ++asked;
  const [own, over] = await Promise.all([catalogues[language](), other && voices[language]?.()]);
  if (mine === asked) texts = { ...own.default, ...(over && over.default) };
}

/** What is said beside a thread: nothing until the words are here, which is a moment after home. */
export function more(key: keyof Texts, values?: Values): string {
  return fill(spoken(), texts[key] ?? '', values);
}

/** The words are here. */
export const ready = load(spoken(), inOther());

$effect.root(() => {
  $effect(() => void load(spoken(), inOther()));
});
