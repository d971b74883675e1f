import { describe, expect, it } from 'vitest';
import de from './content/de';
import en from './content/en';
import es from './content/es';
import nl from './content/nl';
import type { Catalogue, Text } from './texts';

const holes = (text: Text): string[] => [...new Set((typeof text === 'string' ? [text] : Object.values(text)).flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort();

describe.each(Object.entries<Catalogue>({ de, nl, es }))('MS20 questions and answers in %s', (_language, texts) => {
  it('say everything that English says, with the same values in it', () => {
    expect(Object.keys(texts).sort()).toEqual(Object.keys(en).sort());
    for (const [key, text] of Object.entries(en as Catalogue)) expect(holes(texts[key]!), key).toEqual(holes(text));
  });
});

it('PA21 questions and answers address nobody: one text serves formal and informal inboxes', () => {
  const addressed = { de: /\b(du|dich|dir|deine?[rnms]?|Sie|Ihnen|Ihre?[rnms]?)\b/, nl: /\b(je|jij|jouw|jou|u|uw)\b/i, es: /\b(tú|tu|tus|te|usted|su|sus|le)\b/i };
  for (const [language, texts] of Object.entries<Catalogue>({ de, nl, es })) {
    for (const [key, text] of Object.entries(texts)) expect(JSON.stringify(text), `${language} ${key}`).not.toMatch(addressed[language as 'de']);
  }
});
