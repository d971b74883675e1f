import { describe, expect, it } from 'vitest';
import type { Catalogue, Text } from './texts';

type Told = { default: Partial<Catalogue> };

/** All that is said to customers: the widget, and what is shown within a thread. The other voice of each lies beside it in `voices/`, with only what differs. */
const told = import.meta.glob<Told>(['./widget/*.ts', './more/*.ts', './content/*.ts'], { eager: true });
const others = import.meta.glob<Told>(['./widget/voices/*.ts', './more/voices/*.ts', './content/voices/*.ts'], { eager: true });
const voices = { de: ['formal', 'informal'], nl: ['informal', 'formal'], es: ['informal', 'formal'] } as const;
type Language = keyof typeof voices;
type Voice = 'formal' | 'informal';

// What only the other voice says. Whole words; where case tells (Ihr and ihr), it counts.
const foreign: Record<Language, Record<Voice, string>> = {
  de: {
    formal: '[Dd]u|[Dd]ich|[Dd]ir|[Dd]ein(?:e[mnrs]?)?|ihr|[Ee]uch|[Ee]uer|[Ee]ure[mnrs]?|Schreib|Frag|Schau|Lass|Nimm|Gib|Sieh|Komm|Probier|Versuch|Wähl|Klick|Tipp',
    informal: 'Sie|Ihnen|Ihr(?:e[mnrs]?)?',
  },
  nl: {
    formal: '[Jj]e|[Jj]ij|[Jj]ou|[Jj]ouw|[Jj]ullie',
    informal: '[Uu]|[Uu]w',
  },
  es: {
    formal: '[Tt]ú|[Tt]us?|[Tt]i|[Tt]e|[Cc]ontigo|[Ee]scribe|[Pp]regúntanos|[Ii]nténtalo|[Ss]uelta|[Ee]lige|\\p{L}+[aei]rte',
    informal: '[Uu]sted(?:es)?|[Ss]us?|[Ll]es?|[Ee]scriba|[Pp]regúntenos|[Ii]nténtelo|[Ss]uelte|[Ee]lija|\\p{L}+[aei]rle',
  },
};
const speaksLike = (language: Language, voice: Voice, text: string) => new RegExp(`(?<!\\p{L})(?:${foreign[language][voice]})(?!\\p{L})`, 'u').exec(text)?.[0];
const forms = (text: Text): string[] => (typeof text === 'string' ? [text] : Object.values(text));
const of = (files: Record<string, Told>, language: string) => Object.entries(files).filter(([path]) => path.endsWith(`/${language}.ts`));

describe.each(Object.entries(voices) as [Language, readonly [Voice, Voice]][])('PA21 what customers are told in %s', (language, [usual, other]) => {
  it.each([[usual, false], [other, true]] as const)('is %s to the last word', (voice, overlaid) => {
    const catalogues = of(told, language);
    expect(catalogues.length).toBeGreaterThan(0);
    for (const [path, { default: base }] of catalogues) {
      const over = overlaid ? (others[path.replace(/[^/]+$/, 'voices/$&')]?.default ?? {}) : {};
      for (const [key, text] of Object.entries({ ...base, ...over })) for (const form of forms(text!)) expect(speaksLike(language, voice, form), `${path} ${key}: ${form}`).toBeUndefined();
    }
  });

  it('has beside it only what differs, with the same values in it', () => {
    const holes = (text: Text) => [...new Set(forms(text).flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort();
    for (const [path, { default: over }] of of(others, language)) {
      const base = told[path.replace('voices/', '')]!.default;
      for (const [key, text] of Object.entries(over)) {
        expect(base[key], key).toBeDefined();
        expect(text, key).not.toEqual(base[key]);
        expect(holes(text!), key).toEqual(holes(base[key]!));
      }
    }
  });
});

it('the lists of words find what they are for', () => {
  expect(speaksLike('de', 'formal', 'Was du schreibst')).toBe('du');
  expect(speaksLike('de', 'formal', 'Schreib uns')).toBe('Schreib');
  expect(speaksLike('de', 'formal', 'Schreiben Sie uns Ihre Frage')).toBeUndefined();
  expect(speaksLike('de', 'informal', 'Ihre Unterhaltungen')).toBe('Ihre');
  expect(speaksLike('nl', 'formal', 'Je gesprekken')).toBe('Je');
  expect(speaksLike('nl', 'informal', 'Uw gesprekken')).toBe('Uw');
  expect(speaksLike('es', 'formal', '¿En qué podemos ayudarte?')).toBe('ayudarte');
  expect(speaksLike('es', 'informal', '¿En qué podemos ayudarle?')).toBe('ayudarle');
});
