import { describe, expect, it } from 'vitest';
import { fill, type Catalogue, type Text } from './texts';

const features = import.meta.glob<{ default: Catalogue }>(['./console/*/**/*.ts', '!./console/*/index.ts'], { eager: true });
const firsts = import.meta.glob<{ default: Catalogue }>('./console/*/index.ts', { eager: true });
const of = (language: string) => Object.entries(features).filter(([path]) => path.startsWith(`./console/${language}/`));
const whole = (language: string): Catalogue => Object.assign({}, ...of(language).map(([, { default: texts }]) => texts));
const catalogues: Record<string, Catalogue> = Object.fromEntries(['en', 'de', 'nl', 'es'].map((language) => [language, whole(language)]));
const en = catalogues.en!;
const forms = (text: Text): string[] => (typeof text === 'string' ? [text] : Object.values(text));
const holes = (text: Text): string[] => [...new Set(forms(text).flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort();

it.each(Object.keys(catalogues))('in %s no feature speaks over another', (language) => {
  const keys = of(language).flatMap(([, { default: texts }]) => Object.keys(texts));
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
});

it.each(Object.keys(catalogues))('in %s what is not fetched late is in the first load', (language) => {
  const early = of(language).filter(([path]) => !path.includes('/late/')).flatMap(([, { default: texts }]) => Object.keys(texts));
  expect(Object.keys(firsts[`./console/${language}/index.ts`]!.default).sort()).toEqual(early.sort());
});

describe.each(['de', 'nl', 'es'])('the console in %s', (language) => {
  const texts = catalogues[language]!;

  it('says each thing where English says it', () => {
    const places = (of_: string) => of(of_).map(([path, { default: texts }]) => [path.replace(`/${of_}/`, '/'), Object.keys(texts).sort()]);
    expect(places(language)).toEqual(places('en'));
  });

  it('says everything that English says, with the same values in it', () => {
    for (const [key, text] of Object.entries(en)) {
      expect(texts[key], key).toBeDefined();
      expect(holes(texts[key]!), key).toEqual(holes(text));
    }
    expect(Object.keys(texts).length).toBe(Object.keys(en).length);
  });

  it('has the plural forms of its language', () => {
    for (const [key, text] of Object.entries(texts)) {
      if (typeof text === 'string') continue;
      for (const count of [0, 1, 2, 5, 21, 1_000_000]) expect(fill(language, text, { count, name: 'x' }), key).not.toContain('{count}');
      expect(text.one, key).toBeDefined();
    }
  });
});
