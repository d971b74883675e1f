import { expect, it } from 'vitest';
import type { Entry, Item, Summary } from '$client';
import { handover, wordsOf } from './handover';

let seq = 0;
const came = (type: string, more: object = {}, author: object = { kind: 'system' }): Item => ({ seq: ++seq, entry: { type, seq, at: `2026-03-02T12:00:${String(seq % 60).padStart(2, '0')}Z`, author, ...more } as unknown as Entry }) as Item;
const said = (text: string, author: object, type = 'text'): Item => ({ ...came('message', {}, author), content: { type, text } }) as Item;
const [ana, noor, me] = [{ kind: 'contact', id: 'con_ana' }, { kind: 'agent', id: 'agt_noor' }, { kind: 'agent', id: 'agt_me' }];
const mine = { status: 'open', holder: { kind: 'agent', id: 'agt_me' } } as unknown as Summary;
const waiting = { status: 'open', holder: { kind: 'queue' } } as unknown as Summary;
const begun = () => [said('Boat: Folkboat', ana, 'formResponse'), said('My mast is split', ana), came('accepted', { agent: 'agt_noor', by: 'offer' }), said('Where is it split?', noor), said('At the foot', ana)];

it('MS8 tells the next one who had it, why, what was asked, promised and said last', () => {
  const items = [...begun(), came('note', {}, noor), came('promised', { due: '2026-03-02T13:52:10Z', spoken: '2026-03-02T14:00:00Z' }), came('assigned', { agent: 'agt_me', fromAgent: 'agt_noor', cause: 'manual' }, noor)];
  const card = handover(mine, items, 'agt_me')!;
  expect(card).toMatchObject({ from: 'agt_noor', why: 'assigned', promised: '2026-03-02T14:00:00Z' });
  expect([card.asked, card.theirs, card.ours, ...card.forms].map((item) => item?.content?.text)).toEqual(['My mast is split', 'At the foot', 'Where is it split?', 'Boat: Folkboat']);
  expect(card.note).toBe(items[5]);
  expect(card.by).toBeUndefined();
});

it('MS8 tells what was tried already, and through whose hands it went', () => {
  const items = [...begun(), said('Have you tried tape?', noor), said('Twice', ana), came('assigned', { agent: 'agt_kim', cause: 'transferred' }, noor), said('A new one costs 90', { kind: 'agent', id: 'agt_kim' }), came('assigned', { agent: 'agt_me', cause: 'transferred' }, { kind: 'agent', id: 'agt_kim' })];
  const card = handover(mine, items, 'agt_me')!;
  expect(card.tried.map(({ item }) => item.content?.text)).toEqual(['Where is it split?', 'Have you tried tape?']);
  expect(card.ours?.content?.text).toBe('A new one costs 90');
  expect(card.through).toEqual(['agt_noor', 'agt_kim']);
  // Another matter begins anew.
  expect(handover(mine, [...items, came('episodeOpened', { episode: 2 }), said('My sail is torn', ana)], 'agt_me')).toBeUndefined();
});

it('says why it came back to the queue, to whoever looks at it there, and who decided', () => {
  expect(handover(waiting, [...begun(), came('requeued', { cause: 'agentLeft', from: 'agt_noor' })], 'agt_me')).toMatchObject({ from: 'agt_noor', why: 'agentLeft' });
  expect(handover(mine, [...begun(), came('requeued', { cause: 'silence', from: 'agt_noor' }), came('accepted', { agent: 'agt_me', by: 'offer' })], 'agt_me')).toMatchObject({ from: 'agt_noor', why: 'silence' });
  expect(handover(mine, [...begun(), came('assigned', { agent: 'agt_me', cause: 'manual' }, { kind: 'agent', id: 'agt_kim' })], 'agt_me')).toMatchObject({ from: 'agt_noor', by: 'agt_kim' });
});

it('is done with once one has answered, and says nothing where nobody else had it', () => {
  const handed = [...begun(), came('assigned', { agent: 'agt_me', cause: 'manual' }, noor)];
  expect(handover(mine, [...handed, said('I have it now', me)], 'agt_me')).toBeUndefined();
  expect(handover(mine, [said('Hello', ana), came('accepted', { agent: 'agt_me', by: 'offer' })], 'agt_me')).toBeUndefined();
  expect(handover({ ...mine, holder: { kind: 'agent', id: 'agt_noor' } }, handed, 'agt_me')).toBeUndefined();
  expect(handover({ ...mine, status: 'closed' }, handed, 'agt_me')).toBeUndefined();
});

it('forgets the matter before', () => {
  expect(handover(mine, [...begun(), came('episodeOpened', { episode: 2 }), said('Something else', ana), came('accepted', { agent: 'agt_noor' })], 'agt_noor')).toBeUndefined();
});

it('keeps what one had before one dropped out oneself', () => {
  expect(handover(mine, [said('Hello', ana), came('accepted', { agent: 'agt_me' }), came('requeued', { cause: 'agentLeft', from: 'agt_me' }), came('accepted', { agent: 'agt_me', by: 'returned' })], 'agt_me')).toBeUndefined();
});

it('FC3 tells whoever answers first what was asked and what the forms brought, until somebody has answered', () => {
  const items = [said('Boat: Folkboat', ana, 'formResponse'), said('My mast is split', ana), came('promised', { due: '2026-03-02T14:00:00Z' })];
  const card = handover(waiting, items, 'agt_me')!;
  expect(card).toMatchObject({ why: 'new', promised: '2026-03-02T14:00:00Z' });
  expect([card.from, card.asked?.content?.text, ...card.forms.map((item) => item.content?.text)]).toEqual([undefined, 'My mast is split', 'Boat: Folkboat']);
  expect(handover(waiting, [...items, said('Where is it split?', noor)], 'agt_me')).toBeUndefined();
  expect(handover(waiting, [said('Hello', ana)], 'agt_me')).toBeUndefined();
});

const asks = (title: string): Item => ({ ...came('message', {}, noor), content: { type: 'form', form: { title: { en: title }, fields: [] } } }) as Item;
const kinds = (card: ReturnType<typeof handover>) => card!.tried.map(({ as, item }) => `${as}: ${wordsOf(item, ['en'])}`);

it('MS8 tells which macros were run, what they were given to read, and what they were asked and have not answered', () => {
  const before = [...begun(), { ...came('message', {}, noor), content: { type: 'article', article: { title: 'Mending a mast' } } } as Item, came('combined', { name: 'Ask for a picture' }, noor), asks('Your mast')];
  const boat = asks('Your boat');
  const filled = { ...came('message', { of: boat.seq }, ana), content: { type: 'formResponse', text: 'Boat: Laser' } } as Item;
  const items = [...before, boat, filled, came('assigned', { agent: 'agt_me', cause: 'transferred' }, noor)];
  const card = handover(mine, items, 'agt_me')!;
  expect(kinds(card)).toEqual(['tried: Where is it split?', 'article: Mending a mast', 'macro: Ask for a picture', 'unanswered: Your mast']);
  expect(wordsOf(card.ours!, ['en'])).toBe('Your boat');
  // However much was said since, what is still to be answered stands there.
  const later = [...items.slice(0, -1), ...Array.from({ length: 9 }, (_, i) => said(`Word ${i}`, noor)), items.at(-1)!];
  expect(kinds(handover(mine, later, 'agt_me'))).toContain('unanswered: Your mast');
  // What was asked last and is not answered is said once.
  const last = handover(mine, [...begun(), asks('Your mast'), came('assigned', { agent: 'agt_me', cause: 'transferred' }, noor)], 'agt_me')!;
  expect([last.ours, kinds(last)]).toEqual([undefined, ['tried: Where is it split?', 'unanswered: Your mast']]);
});

it('MS8 introduces whoever is asked to take it, also where nobody had it before, and whoever took it over', () => {
  expect(handover(waiting, [said('Hello', ana), came('promised', { due: '2026-03-02T14:00:00Z' })], 'agt_me', true)).toMatchObject({ why: 'new', promised: '2026-03-02T14:00:00Z', asked: { content: { text: 'Hello' } } });
  expect(handover(waiting, [came('opened')], 'agt_me', true)).toBeUndefined();
  const again = handover(waiting, [...begun(), came('requeued', { cause: 'transferred', from: 'agt_noor' })], 'agt_me', true);
  expect(again).toMatchObject({ from: 'agt_noor', why: 'transferred', ours: { content: { text: 'Where is it split?' } } });
  expect(handover(mine, [...begun(), came('assigned', { agent: 'agt_me', fromAgent: 'agt_noor', cause: 'takenOver' }, me)], 'agt_me')).toMatchObject({ from: 'agt_noor', by: 'agt_me', theirs: { content: { text: 'At the foot' } } });
});
