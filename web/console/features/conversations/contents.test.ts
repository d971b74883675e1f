import { describe, expect, it } from 'vitest';
import type { Form } from '$client';
import { drawn, faults, isLink, made, newCard, newDraft, newItem, pair } from './contents';

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
    expect([pair('53.2194,6.5665'), pair('53.2194 6.5665'), pair('53,2194; 6,5665')].map((both) => both?.latitude)).toEqual(['53.2194', '53.2194', undefined]);
    expect(['Groningen', '53.2194', '53,2194', '-53,2'].map(pair)).toEqual([undefined, undefined, undefined, undefined]);
    const place = { name: 'The shop', address: '', latitude: '53.2194', longitude: '6.5665' };
    expect(made('location', { ...newDraft(), place }, [])).toEqual({ type: 'location', location: { latitude: 53.2194, longitude: 6.5665, name: 'The shop' } });
    expect(made('location', { ...newDraft(), place: { ...place, latitude: '91' } }, [])).toBeUndefined();
    expect(made('location', { ...newDraft(), place: { ...place, latitude: '53,2194' } }, [])?.location?.latitude).toBe(53.2194);
    expect(drawn('location', newDraft(), []).location).toBeUndefined();
  });

  it('names the field of what cannot be sent', () => {
    expect(faults('quickReplies', newDraft())).toEqual({ text: 'required', 'replies.0': 'required' });
    expect(faults('article', { ...newDraft(), article: { title: '', summary: '', url: 'word' } })).toEqual({ 'article.title': 'required', 'article.url': 'link' });
    const place = (latitude: string, longitude: string) => faults('location', { ...newDraft(), place: { name: '', address: '', latitude, longitude } });
    expect(place('91', '')).toEqual({ 'place.latitude': 'tooLarge', 'place.longitude': 'required' });
    expect(place('north', '-180.5')).toEqual({ 'place.latitude': 'number', 'place.longitude': 'tooSmall' });
    expect(place('-90', '180')).toEqual({});
    expect(faults('location', { ...newDraft(), ask: true })).toEqual({ text: 'required' });
    expect(faults('rating', newDraft())).toEqual({});
  });

  it('loses nothing of an entry that has no title, and minds no empty one', () => {
    const items = [{ ...newItem(), title: 'Kobra' }, { ...newItem(), text: 'For mud' }, newItem()];
    expect(faults('list', { ...newDraft(), items })).toEqual({ 'items.1.title': 'required' });
    expect(faults('list', newDraft())).toEqual({ 'items.0.title': 'required' });
    const cards = [{ ...newCard(), title: 'Jacket', actions: [{ id: 'a', text: '', url: 'a.test' }] }, { ...newCard(), actions: [{ id: 'a', text: 'Look', url: '' }] }, newCard()];
    expect(faults('carousel', { ...newDraft(), cards })).toEqual({ 'cards.0.actions.0.text': 'required', 'cards.1.title': 'required' });
    expect(faults('carousel', newDraft())).toEqual({ 'cards.0.title': 'required' });
  });
});
