import { expect, it, vi } from 'vitest';
import type { Entry } from '$client';

// What tells the time looks whether anybody looks.
vi.stubGlobal('document', { addEventListener() {}, documentElement: {} });
vi.stubGlobal('localStorage', { getItem: () => null, setItem() {} });
vi.stubGlobal('navigator', { languages: ['en-GB'] });
const { speak } = await import('../../app/texts.svelte');
const { talk } = await import('./talk');
await speak('en');

const said = (type: string, more: object = {}) => talk({ type, seq: 1, author: { kind: 'system' }, ...more } as unknown as Entry, (agent) => agent ?? 'Parley');

it.each([
  ['accepted', { agent: 'Noor', by: 'answer' }, 'Noor took this by answering'],
  ['accepted', { agent: 'Noor', by: 'offer' }, 'Noor took this'],
  ['accepted', { agent: 'Noor', by: 'returned' }, 'Noor came back and went on'],
  ['modeChanged', { from: 'waiting', to: 'live', cause: 'accepted' }, 'Both are here: live'],
  ['modeChanged', { from: 'paused', to: 'live', cause: 'contactReturned' }, 'The customer is back'],
  ['modeChanged', { from: 'paused', to: 'messaging', cause: 'contactLeft' }, 'The customer left: goes on as messages'],
  ['modeChanged', { from: 'live', to: 'ended', cause: 'idle' }, 'The chat has ended'],
  ['modeChanged', { from: 'messaging', to: 'dormant', cause: 'idle' }, 'The conversation rests'],
  ['requeued', { cause: 'agentLeft', from: 'Noor' }, 'Noor lost the connection: in the queue again, at the old place'],
  ['requeued', { cause: 'silence', from: 'Noor' }, 'No answer from Noor: offered to others'],
  ['declined', { agent: 'Noor', cause: 'missed' }, 'Noor did not answer the offer'],
  ['notified', { by: 'transcript', first: 1, last: 2 }, 'A transcript was mailed'],
  ['notified', { by: 'mail', first: 2, last: 2 }, 'The customer was mailed what they had not seen'],
  ['undelivered', { by: 'mail', first: 2, last: 2, cause: 'refused' }, 'The mail did not arrive: nobody is at that address. The customer reads it when they come back'],
  ['undelivered', { by: 'mail', first: 2, last: 2, cause: 'givenUp' }, 'The mail did not arrive: no mail server took it. An administrator can send it again'],
  ['abandoned', { waitedMs: 45_000 }, 'Left after waiting for 45 sec'],
  ['abandoned', { waitedMs: 200_000 }, 'Left after waiting for 3 min'],
])('%s is one sentence', (type, more, sentence) => expect(said(type, more)).toBe(sentence));

it('says when an answer is promised, and by whom', () => {
  expect(said('promised', { due: '2026-03-02T11:52:10Z', spoken: '2026-03-02T12:00:00Z', ground: 'queue' })).toMatch(/^An answer is promised for .*2 March/);
  expect(said('promised', { due: '2026-03-02T11:52:10Z', spoken: '2026-03-02T12:00:00Z', ground: 'queue' })).toBe(said('promised', { due: '2026-03-02T12:00:00Z', ground: 'queue' }));
  // What is due is broken then, a little before what the customer reads.
  expect(said('promiseBroken', { due: '2026-03-02T11:52:10Z', spoken: '2026-03-02T12:00:00Z' })).toMatch(/^Due 2 March at .*52 and not in time; the customer reads 2 March at .*00$/);
  expect(said('promiseBroken', { due: '2026-03-02T12:00:00Z' })).toMatch(/^Promised for 2 March at .*00, and not in time$/);
  expect(said('promised', { due: '2026-03-02T12:00:00Z', ground: 'agent' })).toMatch(/^Parley promised to go on, at the latest/);
});

it.each([
  ['offered', { agent: 'me' }, 'Offered to you'],
  ['accepted', { agent: 'me', by: 'auto' }, 'Given to you'],
  ['accepted', { agent: 'me', by: 'returned' }, 'You came back and went on'],
  ['nudged', { agent: 'me' }, 'A reminder that an answer is owed went to you'],
  ['requeued', { cause: 'silence', from: 'me' }, 'No answer from you: offered to others'],
  ['declined', { agent: 'me', cause: 'gone' }, 'You left before answering the offer'],
])('%s reads well of oneself', (type, more, sentence) =>
  expect(talk({ type, seq: 1, author: { kind: 'system' }, ...more } as unknown as Entry, () => 'You', () => 'you')).toBe(sentence));

it('leaves what it does not know to others', () => expect(said('closed')).toBeUndefined());
