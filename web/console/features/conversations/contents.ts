import type { Card, Content, Form, ListItem, Reply, StoredFile } from '$client';

/** What can be said beside words, in the order of the menu. */
export const kinds = ['quickReplies', 'form', 'list', 'carousel', 'article', 'location', 'rating'] as const;
export type Kind = (typeof kinds)[number];

export const most = { replies: 13, items: 20, cards: 10, actions: 3 };

export interface DraftItem {
  id: string;
  title: string;
  text: string;
  url: string;
  image?: StoredFile | undefined;
}

export interface DraftCard extends Omit<DraftItem, 'url'> {
  actions: { id: string; text: string; url: string }[];
}

/** What stands in the fields, whole or not. */
export interface Draft {
  text: string;
  replies: Reply[];
  items: DraftItem[];
  choose: boolean;
  cards: DraftCard[];
  form: string;
  article: { title: string; summary: string; url: string };
  ask: boolean;
  place: { name: string; address: string; latitude: string; longitude: string };
}

let last = 0;
/** Within one message only, and never shown. */
export const newId = (): string => `c${++last}`;

export const newReply = (): Reply => ({ id: newId(), text: '' });
export const newItem = (): DraftItem => ({ id: newId(), title: '', text: '', url: '' });
export const newAction = () => ({ id: newId(), text: '', url: '' });
export const newCard = (): DraftCard => ({ id: newId(), title: '', text: '', actions: [newAction()] });

export function newDraft(): Draft {
  return {
    text: '', replies: [newReply(), newReply()], items: [newItem(), newItem()], choose: false, cards: [newCard(), newCard()], form: '',
    article: { title: '', summary: '', url: '' }, ask: false, place: { name: '', address: '', latitude: '', longitude: '' },
  };
}

export type Said = Omit<Content, 'files'>;

/** What the draft comes to, with what is empty left out: shown while it is made. */
export function drawn(kind: Kind, draft: Draft, forms: readonly Form[]): Said {
  const text = draft.text.trim();
  const said = { type: kind, ...(text ? { text } : {}) };
  switch (kind) {
    case 'quickReplies':
      return { ...said, replies: draft.replies.filter(({ text: words }) => words.trim()).map(({ id, text: words }) => ({ id, text: words.trim() })) };
    case 'list':
      return { ...said, items: draft.items.filter(({ title }) => title.trim()).map(item), ...(draft.choose ? { choose: true } : {}) };
    case 'carousel':
      return { ...said, cards: draft.cards.filter(({ title }) => title.trim()).map(card) };
    case 'form': {
      const form = forms.find(({ id }) => id === draft.form) ?? forms[0];
      if (!form) return said;
      const { name: _, ...shown } = form;
      return { ...said, form: shown };
    }
    case 'article': {
      const { title, summary, url } = draft.article;
      return { ...said, article: { title: title.trim(), ...given('summary', summary), ...given('url', link(url)) } };
    }
    case 'location': {
      if (draft.ask) return { ...said, ask: true };
      const { name, address, latitude, longitude } = draft.place;
      return { ...said, location: { latitude: degrees(latitude) ?? 0, longitude: degrees(longitude) ?? 0, ...given('name', name), ...given('address', address) } };
    }
    case 'rating':
      return said;
  }
}

/** What is sent; nothing while something is missing or cannot be. */
export function made(kind: Kind, draft: Draft, forms: readonly Form[]): Said | undefined {
  const said = drawn(kind, draft, forms);
  const whole = {
    quickReplies: () => said.text && said.replies?.length,
    list: () => (said.text || !draft.choose) && said.items?.length && draft.items.every(({ url }) => isLink(url)),
    carousel: () => said.cards?.length && draft.cards.every(({ actions }) => actions.every(({ url }) => isLink(url))),
    form: () => said.form?.fields?.length,
    article: () => said.article?.title && isLink(draft.article.url),
    location: () => (draft.ask ? said.text : degrees(draft.place.latitude, 90) !== undefined && degrees(draft.place.longitude, 180) !== undefined),
    rating: () => true,
  }[kind]();
  return whole ? said : undefined;
}

/** True for nothing, and for what a person may follow. "lighthouse.test/table" is meant as https. */
export function isLink(text: string): boolean {
  const url = URL.parse(link(text));
  return !text.trim() || (url !== null && /^https?:$/.test(url.protocol) && url.hostname.includes('.'));
}

/** "53.2194, 6.5665", as a map's page gives it, goes into both fields. */
export function pair(text: string): { latitude: string; longitude: string } | undefined {
  const found = /^\s*(-?\d+(?:\.\d+)?)\s*[,;\s]\s*(-?\d+(?:\.\d+)?)\s*$/.exec(text);
  return found ? { latitude: found[1]!, longitude: found[2]! } : undefined;
}

function degrees(text: string, limit = 180): number | undefined {
  const value = Number(text.replace(',', '.'));
  return text.trim() && Number.isFinite(value) && Math.abs(value) <= limit ? value : undefined;
}

function link(text: string): string {
  const bare = text.trim();
  return bare && !/^[a-z][a-z\d+.-]*:/i.test(bare) ? `https://${bare}` : bare;
}

function given<K extends string>(key: K, text: string): { [k in K]?: string } {
  return text.trim() ? ({ [key]: text.trim() } as { [k in K]?: string }) : {};
}

function item({ id, title, text, url, image }: DraftItem): ListItem {
  return { id, title: title.trim(), ...given('text', text), ...given('url', link(url)), ...(image ? { image } : {}) };
}

function card({ id, title, text, image, actions }: DraftCard): Card {
  const named = actions.filter((action) => action.text.trim()).map((action) => ({ id: action.id, text: action.text.trim(), ...given('url', link(action.url)) }));
  return { id, title: title.trim(), ...given('text', text), ...(image ? { image } : {}), ...(named.length ? { actions: named } : {}) };
}
