import { describe, expect, it } from 'vitest';
import deFirst from './console/de';
import deSettings from './console/de/settings';
import enFirst from './console/en';
import enSettings from './console/en/settings';
import esFirst from './console/es';
import esSettings from './console/es/settings';
import nlFirst from './console/nl';
import nlSettings from './console/nl/settings';
import { fill, type Catalogue, type Text } from './texts';

const features = import.meta.glob<{ default: Catalogue }>(['./console/*/*.ts', '!./console/*/index.ts', '!./console/*/settings.ts'], { eager: true });
const en = { ...enFirst, ...enSettings };
const catalogues: Record<string, Catalogue> = { en, de: { ...deFirst, ...deSettings }, nl: { ...nlFirst, ...nlSettings }, es: { ...esFirst, ...esSettings } };
const forms = (text: Text): string[] => (typeof text === 'string' ? [text] : Object.values(text));
const holes = (text: Text): string[] => [...new Set(forms(text).flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort();

it.each(Object.keys(catalogues))('in %s no feature speaks over another', (language) => {
  const keys = Object.entries(features).flatMap(([path, { default: texts }]) => (path.includes(`/${language}/`) ? Object.keys(texts) : []));
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  expect(keys.length).toBe(Object.keys(catalogues[language]!).length);
});

describe.each(['de', 'nl', 'es'])('the console in %s', (language) => {
  const texts = catalogues[language]!;

  it('says everything that English says, with the same values in it', () => {
    for (const [key, text] of Object.entries(en as Catalogue)) {
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
