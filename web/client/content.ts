/** What a message says, kind by kind; each with its JSON and its answer in `docs/guide/structured.md`. */
import type { Mailed, MailSending } from './mail';
import type { Id } from './types';

export interface StoredFile {
  id: Id;
  name: string;
  size: number;
  mime: string;
  width?: number;
  height?: number;
  /** Signed for the reader's side and valid to the end of the next day; reading the entry again gives a fresh one. */
  url?: string;
}

export type Format = 'plain' | 'markdown' | 'html';

/** One text, or a map by language tag. Shown: the exact tag, then its base language, then the inbox's first language, then the first there is. */
export type LocalText = string | { [language: string]: string };

export interface Reply {
  id: string;
  text: string;
}

/** `Picture` is a stored file when read, its id when sent. */
export interface ListItem<Picture = StoredFile> {
  id: string;
  title: string;
  text?: string;
  image?: Picture;
  url?: string;
}

export interface CardAction {
  id: string;
  text: string;
  /** A link: it is followed, not chosen. */
  url?: string;
}

export interface Card<Picture = StoredFile> {
  id: string;
  title: string;
  text?: string;
  image?: Picture;
  actions?: CardAction[];
}

export type FieldType = 'text' | 'longText' | 'email' | 'phone' | 'number' | 'date' | 'choice' | 'choices' | 'consent';

export interface Field {
  name: string;
  type: FieldType;
  label: LocalText;
  hint?: LocalText;
  required?: boolean;
  /** Of numbers. */
  min?: number;
  max?: number;
  /** Of typed text. */
  maxLength?: number;
  /** Of `choice` and `choices`. */
  options?: { id: string; label: LocalText }[];
}

export interface Form {
  id?: string;
  /** What colleagues call it; never shown to customers. */
  name?: string;
  title?: LocalText;
  submit?: LocalText;
  /** Absent when only the id is sent: then the inbox's form is copied. */
  fields?: Field[];
}

/** A text or the id of a choice, a number, a consent, the ids of choices; dates are `2026-12-31`. */
export type FormValue = string | number | boolean | string[];

export interface Place {
  latitude: number;
  longitude: number;
  name?: string;
  address?: string;
}

export interface Article {
  title: string;
  summary?: string;
  url?: string;
  id?: string;
}

/** What only structured content has; which kind has what stands in `docs/guide/structured.md`. */
interface Structure<Picture> {
  replies?: Reply[];
  items?: ListItem<Picture>[];
  /** A list: one of its items is to be chosen. */
  choose?: boolean;
  cards?: Card<Picture>[];
  form?: Form;
  values?: { [name: string]: FormValue };
  location?: Place;
  /** A location that is asked for. */
  ask?: boolean;
  article?: Article;
  /** A question that may be answered more than once. */
  again?: boolean;
  /** The id of what was chosen: of a reply, an item, or `card.action`. */
  choice?: string;
  /** A rating on its way: it goes the way of messages and is none, for it becomes `rated`. */
  score?: number;
}

export type StructuredType = 'quickReplies' | 'list' | 'carousel' | 'form' | 'formResponse' | 'location' | 'article' | 'rating';

/** Content as it is read: files are whole. */
export interface Content extends Structure<StoredFile> {
  type: string;
  text?: string;
  format?: Format;
  files?: StoredFile[];
  /** The seq of the entry that is quoted. */
  quote?: number;
  language?: string;
  mentions?: Id[];
  /** Of a note: the teams that are named. */
  teams?: Id[];
  /** Of a mail: what it has beside its words. */
  mail?: Mailed;
}

/** Content as it is sent: files are ids. */
export interface Sending extends Structure<Id> {
  type: 'text' | 'image' | 'file' | StructuredType;
  text?: string;
  format?: Format;
  files?: Id[];
  quote?: number;
  language?: string;
  mentions?: Id[];
  /** Of a note: the teams that are named. */
  teams?: Id[];
  /** Only where the customer is answered by mail. */
  mail?: MailSending;
}

/** What the system told a customer, to the letter. */
export interface Told {
  code: string;
  params: { [name: string]: string };
  text: string;
  language: string;
}
