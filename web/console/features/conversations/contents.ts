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
      if (!`${name}${address}${latitude}${longitude}`.trim()) return said;
      return { ...said, location: { latitude: degrees(latitude) ?? 0, longitude: degrees(longitude) ?? 0, ...given('name', name), ...given('address', address) } };
    }
    case 'rating':
      return said;
  }
}

export type Fault = 'required' | 'link' | 'number' | 'tooSmall' | 'tooLarge';

/** What keeps the draft from being sent, by the field that is to be mended: "text", "items.1.url". What is empty as a whole is left out, and no fault. */
export function faults(kind: Kind, draft: Draft): Record<string, Fault> {
  const found: Record<string, Fault> = {};
  const needs = (field: string, text: string) => !text.trim() && (found[field] = 'required');
  const follows = (field: string, url: string) => !isLink(url) && (found[field] = 'link');
  switch (kind) {
    case 'quickReplies':
      needs('text', draft.text);
      if (draft.replies.every(({ text }) => !text.trim())) found['replies.0'] = 'required';
      break;
    case 'list':
      if (draft.choose) needs('text', draft.text);
      draft.items.forEach(({ title, text, url, image }, i) => {
        if (i === 0 && draft.items.every(blank)) needs('items.0.title', title);
        if (text.trim() || url.trim() || image) needs(`items.${i}.title`, title);
        follows(`items.${i}.url`, url);
      });
      break;
    case 'carousel':
      draft.cards.forEach(({ title, text, image, actions }, i) => {
        if (i === 0 && draft.cards.every(blank)) needs('cards.0.title', title);
        if (text.trim() || image || actions.some((action) => !blank(action))) needs(`cards.${i}.title`, title);
        actions.forEach((action, n) => {
          if (action.url.trim()) needs(`cards.${i}.actions.${n}.text`, action.text);
          follows(`cards.${i}.actions.${n}.url`, action.url);
        });
      });
      break;
    case 'article':
      needs('article.title', draft.article.title);
      follows('article.url', draft.article.url);
      break;
    case 'location':
      if (draft.ask) needs('text', draft.text);
      else for (const [field, limit] of Object.entries(widest)) beyond(`place.${field}`, draft.place[field as keyof typeof widest], limit);
  }
  return found;

  function beyond(field: string, text: string, limit: number) {
    const value = degrees(text);
    if (!text.trim()) found[field] = 'required';
    else if (value === undefined) found[field] = 'number';
    else if (Math.abs(value) > limit) found[field] = value < 0 ? 'tooSmall' : 'tooLarge';
  }
}

/** What is sent; nothing while something is missing or cannot be. */
export function made(kind: Kind, draft: Draft, forms: readonly Form[]): Said | undefined {
  const said = drawn(kind, draft, forms);
  return Object.keys(faults(kind, draft)).length || (kind === 'form' && !said.form?.fields?.length) ? undefined : said;
}

/** How many degrees there are in each direction. */
export const widest = { latitude: 90, longitude: 180 };

/** Nothing is typed into it, whichever of these it has. */
const blank = (it: { title?: string; text: string; url?: string }) => !`${it.title ?? ''}${it.text}${it.url ?? ''}`.trim();

/** True for nothing, and for what a person may follow. "lighthouse.test/table" is meant as https. */
export function isLink(text: string): boolean {
  const url = URL.parse(link(text));
  return !text.trim() || (url !== null && /^https?:$/.test(url.protocol) && url.hostname.includes('.'));
}

/** "53.2194, 6.5665", as a map's page gives it, goes into both fields; "53,2194" is one number, as much of Europe writes it. */
export function pair(text: string): { latitude: string; longitude: string } | undefined {
  const found = /^\s*(-?\d+(?:\.\d+)?)(?:\s*;\s*|\s*,\s+|\s+|(?<=\.\d+),(?=-?\d+\.))(-?\d+(?:\.\d+)?)\s*$/.exec(text);
  return found ? { latitude: found[1]!, longitude: found[2]! } : undefined;
}

function degrees(text: string): number | undefined {
  const value = Number(text.replace(',', '.'));
  return text.trim() && Number.isFinite(value) ? value : undefined;
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
