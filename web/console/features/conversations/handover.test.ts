import { expect, it } from 'vitest';
import type { Entry, Item, Summary } from '$client';
import { handover } from './handover';

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
  expect(card.tried.map((item) => item.content?.text)).toEqual(['Where is it split?', 'Have you tried tape?']);
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
