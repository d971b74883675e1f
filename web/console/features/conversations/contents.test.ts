import { describe, expect, it } from 'vitest';
import type { Form } from '$client';
import { drawn, isLink, made, newCard, newDraft, newItem, pair } from './contents';

const forms: Form[] = [{ id: 'order', name: 'Ask for the order', fields: [{ name: 'order', type: 'text', label: 'Order number' }] }];
const reply = (id: string, text: string) => ({ id, text });

describe('MS20 what is sent beside words', () => {
  it('leaves out what is empty', () => {
    const draft = { ...newDraft(), text: ' Which colour? ', replies: [reply('a', ' Blue '), reply('b', ' ')] };
    expect(made('quickReplies', draft, [])).toEqual({ type: 'quickReplies', text: 'Which colour?', replies: [{ id: 'a', text: 'Blue' }] });
  });

  it('is shown while it is made, and not sent before it is whole', () => {
    const draft = { ...newDraft(), replies: [reply('a', 'Blue')] };
    expect(drawn('quickReplies', draft, []).replies).toHaveLength(1);
    expect(made('quickReplies', draft, [])).toBeUndefined();
    expect(made('form', newDraft(), [])).toBeUndefined();
    expect(made('article', newDraft(), [])).toBeUndefined();
    expect(made('location', newDraft(), [])).toBeUndefined();
    expect(made('location', { ...newDraft(), ask: true }, [])).toBeUndefined();
    expect(made('rating', newDraft(), [])).toEqual({ type: 'rating' });
  });

  it('sends the form of the inbox without what colleagues call it', () => {
    expect(made('form', { ...newDraft(), form: 'order' }, forms)?.form).toEqual({ id: 'order', fields: forms[0]!.fields });
  });

  it('asks for words where something is to be chosen from a list', () => {
    const items = [{ ...newItem(), id: 'a', title: 'Anchor 16 kg', url: 'lighthouse.test/16' }];
    expect(made('list', { ...newDraft(), items }, [])?.items).toEqual([{ id: 'a', title: 'Anchor 16 kg', url: 'https://lighthouse.test/16' }]);
    expect(made('list', { ...newDraft(), items, choose: true }, [])).toBeUndefined();
    expect(made('list', { ...newDraft(), items, choose: true, text: 'Which one?' }, [])?.choose).toBe(true);
  });

  it('takes links that a person may follow, and no others', () => {
    expect(['', 'https://a.test', 'a.test/x'].map(isLink)).toEqual([true, true, true]);
    expect(['javascript:alert(1)', 'word', 'mailto:a@b.test'].map(isLink)).toEqual([false, false, false]);
    const card = { ...newCard(), id: 'c', title: 'Jacket', actions: [{ id: 'go', text: 'Look', url: 'javascript:1' }] };
    expect(made('carousel', { ...newDraft(), cards: [card] }, [])).toBeUndefined();
  });

  it('knows a place by what a map gives', () => {
    expect(pair('53.2194, 6.5665')).toEqual({ latitude: '53.2194', longitude: '6.5665' });
    expect(pair('Groningen')).toBeUndefined();
    const place = { name: 'The shop', address: '', latitude: '53.2194', longitude: '6.5665' };
    expect(made('location', { ...newDraft(), place }, [])).toEqual({ type: 'location', location: { latitude: 53.2194, longitude: 6.5665, name: 'The shop' } });
    expect(made('location', { ...newDraft(), place: { ...place, latitude: '91' } }, [])).toBeUndefined();
  });
});
