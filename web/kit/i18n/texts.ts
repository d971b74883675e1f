/** Texts by key, one catalogue a language. Each app imports its own keys only, so that the widget carries nothing of the console. */

/** A text that depends on `{count}`: the categories of CLDR that the language has; `other` always. */
export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
export type Text = string | Plural;
export type Catalogue<K extends string = string> = Record<K, Text>;
export type Values = Record<string, string | number>;

/** What another language must hold to be whole: every key of the first one. */
export type Translation<C extends Catalogue> = { [K in keyof C]: Text };

export const languages = ['en', 'de', 'nl', 'es'] as const;
export type Language = (typeof languages)[number];

export const languageNames: Record<Language, string> = { en: 'English', de: 'Deutsch', nl: 'Nederlands', es: 'Español' };

/** The first language of `wanted` (BCP 47, best first) that is among `offered`; the first offered where none is. */
export function choose<L extends string>(wanted: readonly string[], offered: readonly L[]): L {
  for (const tag of wanted) {
    const short = tag.toLowerCase().split('-')[0];
    const hit = offered.find((o) => o.toLowerCase() === tag.toLowerCase()) ?? offered.find((o) => o.toLowerCase().split('-')[0] === short);
    if (hit) return hit;
  }
  return offered[0]!;
}

const rules = new Map<string, Intl.PluralRules>();

function category(language: string, count: number): Intl.LDMLPluralRule {
  let rule = rules.get(language);
  if (!rule) rules.set(language, (rule = new Intl.PluralRules(language)));
  return rule.select(count);
}

/** Fills `{name}` in a text; `count` chooses among plural forms. A value that is missing stays visible as `{name}`: a mistake must show. */
export function fill(language: string, text: Text, values?: Values): string {
  const chosen = typeof text === 'string' ? text : (text[category(language, Number(values?.count ?? 0))] ?? text.other);
  if (!values) return chosen;
  return chosen.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? value.toLocaleString(language) : value;
  });
}
