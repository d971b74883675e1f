import { describe, expect, it } from 'vitest';
import { answerTo, asSent, localText } from './answers';
import { ThreadLog } from './threadLog';
import { ana, cnv, entry, kim, said } from './test/cast';
import type { Job } from './outbox';
import type { StoredFile } from './types';

describe('MS20 a text in several languages', () => {
  const text = { de: 'Name', 'pt-BR': 'Nome', en: 'Your name' };

  it('is read in the very language, then in its base, then in the next, then in the first there is', () => {
    expect(localText(text, ['pt-BR'])).toBe('Nome');
    expect(localText(text, ['de-AT'])).toBe('Name');
    expect(localText(text, ['fr', 'en'])).toBe('Your name');
    expect(localText(text, ['fr'])).toBe('Name');
    expect(localText('Anchor', ['fr'])).toBe('Anchor');
    expect(localText(undefined, ['fr'])).toBe('');
  });
});

describe('MS20 the answer to a question', () => {
  const job: Job = { clientId: 'j1', kind: 'message', conversation: cnv, content: { type: 'text', text: 'Blue', choice: 'b' }, of: 2, attachments: [], at: 0, state: 'sending', attempts: 0 };

  it('is known while it is on its way, and when it has arrived', () => {
    const log = new ThreadLog(cnv, { side: 'visitor', id: ana.id! });
    log.add([said(1, ana, 'Hello'), said(2, kim, 'Which colour?')]);
    expect(answerTo(log.items, 2)).toBeUndefined();
    log.sending([job]);
    expect(answerTo(log.items, 2)?.content?.choice).toBe('b');
    log.add([said(3, ana, 'Blue', { clientId: 'j1', of: 2 })]);
    log.sending([]);
    expect(answerTo(log.items, 2)?.seq).toBe(3);
  });

  it('may be a rating, and is no edit and no reaction', () => {
    const log = new ThreadLog(cnv, { side: 'agent', id: kim.id! });
    log.add([said(1, kim, 'How was it?'), entry(2, 'reacted', ana, { of: 1, emoji: '👍', on: true })]);
    expect(answerTo(log.items, 1)).toBeUndefined();
    log.add([entry(3, 'rated', ana, { of: 1, score: 4 })]);
    expect(answerTo(log.items, 1)?.seq).toBe(3);
  });
});

it('MS20 pictures are sent as ids, and a form of the inbox by its name', () => {
  const image: StoredFile = { id: 'fil_1', name: 'a.png', size: 1, mime: 'image/png', url: 'blob:x' };
  expect(asSent({ type: 'list', items: [{ id: 'a', title: 'A', image }, { id: 'b', title: 'B' }] }).items).toEqual([{ id: 'a', title: 'A', image: 'fil_1' }, { id: 'b', title: 'B' }]);
  expect(asSent({ type: 'carousel', cards: [{ id: 'a', title: 'A', image }] }).cards?.[0]?.image).toBe('fil_1');
  expect(asSent({ type: 'form', form: { id: 'order', fields: [] } }).form).toEqual({ id: 'order' });
  expect(asSent({ type: 'form', form: { fields: [] } }).form).toEqual({ fields: [] });
});
