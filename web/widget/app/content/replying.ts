import { answerTo, type FormValues, type Item, type Place } from '$client';
import type { Answer, Replying } from '$kit/content/answer';
import type { Say } from '$kit/content/words';
import { drafts } from '../composer/drafts';
import type { Messenger } from '../core/messenger.svelte';
import { spoken } from '../core/texts.svelte';
import type { OpenThread } from '../core/thread.svelte';

/** Refused because it was answered meanwhile, on another device or by a try whose answer was lost: the stream tells how. */
export const over = /^(question\.answered|rating\.(given|over))$/;

/** The item that answers a question here: not one that the server would not take, which is asked again. */
export function answering(thread: OpenThread, of: number): Item | undefined {
  const found = answerTo(thread.items, of);
  return found?.job?.state === 'failed' && found.job.problem?.code === 'form.invalid' ? undefined : found;
}

/** What an answer says, whichever entry it is. */
export function said(item: Item | undefined, retry: (item: Item) => void): Answer | undefined {
  if (!item) return undefined;
  const failed = item.job?.state === 'failed' ? { retry: () => retry(item) } : {};
  if (item.entry.type === 'rated') return { score: item.entry.score, text: item.entry.text };
  const { choice, values, location, score, text } = item.content ?? {};
  return { choice, values, location, score, text, ...failed };
}

/** Answers go through the outbox: seen at once, kept while there is no network, sent once. */
export function replying(messenger: Messenger, thread: OpenThread, of: number, say: Say): Replying {
  const kept = formDraft(messenger, `${thread.id}:${of}`);
  return {
    choose: (choice, text) => done(messenger.say({ type: 'text', text, choice }, of)),
    fill: (values, lines) => {
      kept.keep(undefined);
      // In the language in which it was read: its words are made from the labels.
      done(messenger.say({ type: 'formResponse', text: inLines(lines), values, language: spoken() }, of));
    },
    locate,
    place: (location) => done(messenger.say({ type: 'location', text: say('shared'), location }, of)),
    rate: (score, text) => done(messenger.say({ type: 'rating', score, ...(text ? { text } : {}) }, of)),
    draft: kept.draft(),
    keep: kept.keep,
  };
}

/** What stands in a form that is not sent yet: like any draft it outlives the page. */
export function formDraft(messenger: Messenger, name: string) {
  const kept = drafts(messenger.id);
  return {
    draft: (): FormValues | undefined => {
      const text = kept.get(name);
      return text ? (JSON.parse(text) as FormValues) : undefined;
    },
    keep: (values: FormValues | undefined): void => kept.put(name, values && Object.keys(values).length ? JSON.stringify(values) : ''),
  };
}

/** As the server will say it: a label that ends a sentence of its own needs no colon. */
export const inLines = (lines: [label: string, value: string][]): string => lines.map(([label, value]) => `${label}${/[?!.:…？؟]$/.test(label) ? '' : ':'} ${value}`).join('\n');

/** The button is gone with the question: the keyboard goes on in the field below. */
function done(sent: Promise<void>): void {
  void sent;
  document.dispatchEvent(new CustomEvent('parley:opened'));
}

function locate(): Promise<Place> {
  return new Promise((found, failed) => {
    if (!navigator.geolocation) return failed(new Error('This browser knows no places.'));
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => found({ latitude: round(coords.latitude), longitude: round(coords.longitude) }),
      failed,
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 },
    );
  });
}

/** A metre is near enough. */
const round = (degrees: number) => Math.round(degrees * 1e5) / 1e5;
