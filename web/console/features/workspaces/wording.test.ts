import { describe, expect, it } from 'vitest';
import { behind, blanksWrong, heard, kept, nameOf, toldFor, tongue, whole, type Face } from './wording';

const builtIn = [
  { language: 'en', voice: 'informal', texts: { greeting: 'How can we help?', launcher: 'Messages' }, told: {}, when: '', mailed: {} },
  { language: 'de', voice: 'formal', texts: { greeting: 'Guten Tag!', launcher: 'Nachrichten' }, told: {}, when: '', mailed: {} },
  { language: 'de', voice: 'informal', texts: { greeting: 'Hallo du!', launcher: 'Nachrichten' }, told: {}, when: '', mailed: {} },
] as Face['builtIn'];
const brand = { of: 'brand', texts: { en: { greeting: 'Ahoy!', teaser: 'Questions?' } } } as const;
const face = (more: Partial<Face> = {}): Face => ({ languages: ['en', 'de', 'fr'], layers: [{ of: 'inbox', texts: {} }, brand], voice: {}, builtIn, ...more });

describe('PA21 what a customer reads where nobody typed anything', () => {
  it('is the brand’s, else Parley’s in the voice of the inbox, else another language’s', () => {
    expect(heard(face(), 'greeting', 'en')).toEqual({ text: 'Ahoy!', from: 'brand', language: 'en' });
    expect(heard(face(), 'greeting', 'de')).toEqual({ text: 'Guten Tag!', from: 'builtIn', language: 'de' });
    expect(heard(face({ voice: { de: 'informal' } }), 'greeting', 'de')?.text).toBe('Hallo du!');
    expect(heard(face(), 'greeting', 'fr')).toEqual({ text: 'Ahoy!', from: 'brand', language: 'en' });
  });

  it('stands beside the launcher in their own language or not at all', () => {
    expect(heard(face(), 'teaser', 'en')).toEqual({ text: 'Questions?', from: 'brand', language: 'en' });
    expect(heard(face(), 'teaser', 'de')).toBeUndefined();
  });

  it('is ours in a language that we speak, where only we have it', () => {
    expect(heard(face(), 'launcher', 'de')).toMatchObject({ text: 'Nachrichten', from: 'builtIn', language: 'de' });
    expect(heard(face(), 'launcher', 'fr')).toMatchObject({ text: 'Messages', language: 'en' });
    expect(heard(face(), 'hello', 'fr')).toMatchObject({ text: 'Hello!', from: 'builtIn', language: 'en' });
    expect(heard(face({ voice: { de: 'informal' } }), 'beginning', 'de')?.text).toMatch(/\bdu\b/);
    expect(tongue('fr', ['de', 'fr'])).toBe('de');
    expect(tongue('fr', ['fr'])).toBe('en');
  });

  it('is known while something else is typed: what would be there without it', () => {
    const typed = face({ layers: [{ of: 'inbox', texts: { en: { greeting: 'Moin!' }, de: { greeting: ' ' } } }, brand] });
    expect(heard(typed, 'greeting', 'en')).toMatchObject({ text: 'Moin!', from: 'inbox' });
    expect(behind(typed, 'greeting', 'en')).toMatchObject({ text: 'Ahoy!', from: 'brand' });
    expect(behind(typed, 'greeting', 'de')).toMatchObject({ text: 'Guten Tag!', from: 'builtIn' });
    // what is typed in the first language serves whoever understands none of the others
    expect(behind(typed, 'greeting', 'fr')).toEqual({ text: 'Moin!', from: 'inbox', language: 'en' });
  });
});

describe('what stands around the words of a mail', () => {
  const mails = builtIn.map((it) => ({ ...it, mailed: { 'mail.subject': 'New from {brand}', 'mail.helloName': 'Hello {name},', 'mail.wrote': '{who}:' } })) as Face['builtIn'];
  const typed = (texts: Record<string, Record<string, string>>) => face({ builtIn: mails, layers: [{ of: 'inbox', texts }, brand] });

  it('is the inbox’s or ours, filled in, with the brand wherever one likes', () => {
    expect(toldFor(typed({}), 'mail.subject', 'en', 'Kim', { brand: 'Lighthouse' })).toBe('New from Lighthouse');
    expect(toldFor(typed({ en: { 'mail.wrote': '{who} of {brand} says' } }), 'mail.wrote', 'en', 'Kim', { brand: 'Lighthouse' })).toBe('Kim of Lighthouse says');
    expect(toldFor(typed({}), 'mail.helloName', 'en', 'Kim', { name: '{who}' })).toBe('Hello {who},');
    expect(blanksWrong(typed({}), 'mail.subject', 'en', 'Your answer')).toEqual([]);
    expect(blanksWrong(typed({}), 'mail.helloName', 'en', 'Hello,')).toEqual(['{name}']);
    expect(whole(typed({}), { en: { 'mail.wrote': 'Somebody wrote' } })).toBe(false);
  });
});

describe('OP8 what is told in a thread', () => {
  const ours = builtIn.map((it) => ({ ...it, told: { 'promise.first': it.language === 'de' ? `${it.voice}: {when} hier.` : 'Here {when}.', 'session.ended': 'Over.' }, when: 'by 9:00' })) as Face['builtIn'];
  const with_ = (texts: Record<string, Record<string, string>>) => face({ builtIn: ours, layers: [{ of: 'inbox', texts }, { of: 'brand', texts: { en: { 'promise.first': 'Brand: {when}.' } } }] });

  it('is the inbox’s, else the brand’s, else ours in its voice, never another language’s', () => {
    expect(heard(with_({}), 'promise.first', 'en')).toEqual({ text: 'Brand: {when}.', from: 'brand', language: 'en' });
    expect(heard(with_({}), 'promise.first', 'de')).toEqual({ text: 'formal: {when} hier.', from: 'builtIn', language: 'de' });
    expect(toldFor(with_({ en: { 'promise.first': 'We write {when}.' } }), 'promise.first', 'en', 'Kim')).toBe('We write by 9:00.');
    expect(behind(with_({ en: { 'promise.first': 'We write {when}.' } }), 'promise.first', 'en')?.text).toBe('Brand: {when}.');
  });

  it('leaves no blank out, and has none where nothing is filled in', () => {
    expect(blanksWrong(with_({}), 'promise.first', 'en', 'Soon.')).toEqual(['{when}']);
    expect(blanksWrong(with_({}), 'session.ended', 'en', 'Until {when}.')).toEqual(['{when}']);
    expect(blanksWrong(with_({}), 'promise.first', 'en', '')).toEqual([]);
    expect(whole(with_({}), { en: { 'promise.first': 'Soon.' } })).toBe(false);
    expect(whole(with_({}), { en: { 'promise.first': 'Soon, {when}.', greeting: 'Ahoy' } })).toBe(true);
  });
});

it('keeps nothing of what is empty', () => {
  expect(kept({ en: { greeting: ' Ahoy! ', teaser: '  ' }, de: { greeting: '' } })).toEqual({ en: { greeting: 'Ahoy!' } });
});

it('calls a language as it calls itself', () => {
  expect([nameOf('de'), nameOf('fr'), nameOf('pt-BR'), nameOf('x')]).toEqual(['Deutsch', 'Français', 'Português (Brasil)', 'x']);
});
