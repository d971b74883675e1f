import type { BuiltIn, InboxTexts, Voice } from '$client';
import { languages as ours, type Language } from '$kit';
import { typed, typedIn } from '$kit/greetings';
import { choose } from '$kit/i18n/texts';
import { said, usualVoice } from './said';

/** Texts by language and key, as they are typed. */
export type Typed = Record<string, InboxTexts>;

/** All that an admin may word anew of the widget, in the order in which a customer meets it. */
export const keys = ['teaser', 'hello', 'greeting', 'start', 'beginning', 'launcher', 'hide', 'unread'] as const;

/** What the system tells in a thread by itself, the same way. */
export const toldKeys = [
  'queue.patience', 'promise.first', 'promise.firstMailed', 'promise.queue', 'promise.stay', 'promise.left', 'promise.leftMailed', 'promise.renewed', 'promise.agent', 'agent.lost', 'agent.finished', 'transfer.agent', 'transfer.team', 'rating.ask', 'session.reminder', 'session.ended', 'session.idle',
  'profile.messaging', 'profile.blended', 'profile.strictLive',
] as const;
/** What stands around the words in a mail, from the top down. */
export const mailKeys = ['mail.subject', 'mail.helloName', 'mail.hello', 'mail.wrote', 'mail.files', 'mail.open', 'mail.button', 'mail.only', 'mail.reason'] as const;
export type ToldKey = (typeof toldKeys)[number] | (typeof mailKeys)[number];
export type TextKey = (typeof keys)[number] | ToldKey;

const sentences: readonly ToldKey[] = [...toldKeys, ...mailKeys];
const isTold = (key: TextKey): key is ToldKey => (sentences as readonly string[]).includes(key);

/** Which of them are seen by the eye; the others are read out, or stand for a moment. */
export const seen: readonly TextKey[] = ['teaser', 'hello', 'greeting', 'start', 'beginning'];

/** A greeting of some pages says only these. */
export const segmentKeys: readonly TextKey[] = ['greeting', 'teaser'];

export interface Layer {
  of: 'segment' | 'inbox' | 'brand';
  texts: Typed;
}

export interface Heard {
  text: string;
  /** Who said it. */
  from: Layer['of'] | 'builtIn';
  /** In which language: another than the customer's where theirs has nothing. */
  language: string;
}

/** Where texts come from: the first layer is what is being written, the next is what stands behind it. */
export interface Face {
  languages: readonly string[];
  layers: readonly Layer[];
  voice: Record<string, Voice>;
  builtIn: readonly BuiltIn[];
}

const base = (tag: string) => tag.split('-')[0]!;

export const voiceOf = (voices: Record<string, Voice>, tag: string): Voice => voices[tag] ?? voices[base(tag)] ?? usualVoice(tag);

/** The language of our own in which a widget speaks whose customer speaks this one. */
export const tongue = (tag: string, languages: readonly string[]): Language => choose([tag], [...new Set([...languages.map(base), 'en'])].filter((it): it is Language => ours.includes(it as Language)));

/** Whether sentences can be told in a language: times are said only in those that we speak. */
export const told = (tag: string): boolean => ours.includes(base(tag) as Language);

/** A sentence in our own words, with its blanks. */
function toldByUs(face: Face, key: ToldKey, tag: string): Heard | undefined {
  const ours = face.builtIn.find((it) => it.language === base(tag) && it.voice === voiceOf(face.voice, tag));
  const text = ours?.told[key] ?? ours?.mailed[key];
  return text ? { text, from: 'builtIn', language: base(tag) } : undefined;
}

/** What must be filled in; `{brand}` may stand in a mail wherever one likes. */
const blanksIn = (text: string) => [...new Set(text.match(/\{(when|agent|name|who)\}/g) ?? [])].sort();

/** What is wrong with what was typed for a sentence: the blanks that it leaves out, or fills where there is nothing to fill in. */
export function blanksWrong(face: Face, key: TextKey, tag: string, text: string): string[] {
  const ours = isTold(key) && text.trim() ? toldByUs(face, key, tag) : undefined;
  if (!ours) return [];
  const [wanted, there] = [blanksIn(ours.text), blanksIn(text)];
  return [...wanted.filter((it) => !there.includes(it)), ...there.filter((it) => !wanted.includes(it))];
}

/** Whether nothing that was typed leaves out what it promises. */
export const whole = (face: Face, texts: Typed): boolean => Object.entries(texts).every(([tag, of]) => sentences.every((key) => blanksWrong(face, key, tag, of[key] ?? '').length === 0));

/** A sentence as a customer reads it, its blanks filled for instance. */
export function toldFor(face: Face, key: ToldKey, tag: string, agent: string, of: { brand?: string; name?: string } = {}): string {
  const when = face.builtIn.find((it) => it.language === base(tag))?.when ?? '';
  const blanks: Record<string, string> = { when, agent, who: agent, brand: of.brand ?? '', name: of.name ?? '' };
  return (heard(face, key, tag)?.text ?? '').replace(/\{(when|agent|who|brand|name)\}/g, (_, blank: string) => blanks[blank]!);
}

/** What Parley says by itself, with the language in which it does. */
function builtIn(face: Face, key: TextKey, tag: string): Heard | undefined {
  const own = tongue(tag, face.languages);
  const by = (language: string) => face.builtIn.find((it) => it.language === language && it.voice === voiceOf(face.voice, language))?.texts[key];
  if (key === 'hello' || key === 'start' || key === 'beginning') return { text: String(said(own, voiceOf(face.voice, own))[key]), from: 'builtIn', language: own };
  const text = by(base(tag));
  if (text) return { text, from: 'builtIn', language: base(tag) };
  const english = key === 'greeting' ? undefined : by('en');
  return english ? { text: english, from: 'builtIn', language: 'en' } : undefined;
}

/** What a customer of a language reads, and who said it. The widget's own functions decide; here it is only told from where their answer came. */
export function heard(face: Face, key: TextKey, tag: string): Heard | undefined {
  if (isTold(key)) {
    const layer = face.layers.find(({ texts }) => texts[tag]?.[key]?.trim());
    return layer ? { text: layer.texts[tag]![key]!.trim(), from: layer.of, language: tag } : toldByUs(face, key, tag);
  }
  const texts: Typed = {};
  for (const language of face.languages) {
    const text = key === 'greeting' ? builtIn(face, key, language)?.text : undefined;
    texts[language] = text ? { [key]: text } : {};
  }
  for (const layer of [...face.layers].reverse())
    for (const [language, of] of Object.entries(layer.texts)) if (of[key]?.trim()) texts[language] = { ...texts[language], [key]: of[key].trim() };

  const inbox = { languages: [...face.languages], texts, segments: [] };
  const found = key === 'greeting' ? typed(key, inbox, [tag], '') : { text: typedIn(key, inbox, [tag]), lang: tag };
  if (!found?.text) return builtIn(face, key, tag);
  return { text: found.text, language: found.lang, from: face.layers.find((layer) => layer.texts[found.lang]?.[key]?.trim())?.of ?? 'builtIn' };
}

/** What a customer would read if nothing were typed here. */
export function behind(face: Face, key: TextKey, tag: string): Heard | undefined {
  const [top, ...rest] = face.layers;
  return top ? heard({ ...face, layers: [{ ...top, texts: { ...top.texts, [tag]: { ...top.texts[tag], [key]: '' } } }, ...rest] }, key, tag) : undefined;
}

/** What is kept: nothing of what is empty. */
export function kept(texts: Typed): Typed {
  const all = Object.entries(texts).map(([language, of]) => [language, Object.fromEntries(Object.entries(of).flatMap(([key, text]) => (text?.trim() ? [[key, text.trim()]] : [])))] as const);
  return Object.fromEntries(all.filter(([, of]) => Object.keys(of).length > 0));
}

/** How a language calls itself. */
export function nameOf(tag: string): string {
  try {
    const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
    return name[0]!.toLocaleUpperCase(tag) + name.slice(1);
  } catch {
    return tag;
  }
}
