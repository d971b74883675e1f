import type { Http } from './http';
import type { LocalText } from './content';
import type { Id, Time } from './types';

/** What a field of a channel's settings is. A `secret` is never given back; what is `made` the server makes itself, and shows it once. */
export type SettingKind = 'text' | 'url' | 'secret' | 'made' | 'number' | 'switch' | 'choice';

export type SettingValue = string | number | boolean;

export interface ChannelField {
  name: string;
  kind: SettingKind;
  label: LocalText;
  help?: LocalText;
  required: boolean;
  options?: { value: string; label: LocalText }[];
  example?: string;
  default?: SettingValue;
}

export interface ChannelKind {
  kind: string;
  name: LocalText;
  about: LocalText;
  fields: ChannelField[];
  /** What it can do, as far as a screen asks: `mail`, its settings are those of a mailbox, and can be proposed and tried. */
  abilities?: { mail?: boolean };
}

export interface Channel {
  inbox: Id;
  kind: string;
  name: string;
  settings: Record<string, SettingValue>;
  /** The names of those secrets that are set. */
  secrets: string[];
  /** Where its provider calls. */
  address: string;
  state: 'working' | 'broken' | 'off';
  why?: string;
  /** Where nothing can be fetched: what is to be looked at. */
  fault?: 'host' | 'port' | 'tls' | 'password' | 'folder' | 'busy';
  since?: Time;
  waiting: number;
  dead: number;
  lastIn?: Time;
  lastOut?: Time;
  /** Only in the answer that makes them. */
  made?: Record<string, string>;
}

/** What did not go out, or came in and could not be read. */
export interface DeadLetter {
  id: Id;
  inbox: Id;
  outgoing: boolean;
  at: Time;
  code: string;
  why?: string;
  conversation?: Id;
  seq?: number;
  to?: string;
  /** It may have arrived. */
  unknown: boolean;
  text?: string;
}

/** How far a message of ours has got on its channel. */
export interface ThreadDelivery {
  id: Id;
  seq: number;
  state: 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed' | 'unknown' | 'withdrawn';
  code?: string;
  why?: string;
  /** When it is tried again. */
  next?: Time;
}

/** A text that the provider has approved, for where one may not write freely; `{{1}}` and so on are filled in. */
export interface ChannelTemplate {
  name: string;
  language: string;
  text: string;
  /** How many are to be filled in. */
  values: number;
}

/** A conversation's channel; without a kind, its customer reads on the web. */
export interface ThreadChannel {
  kind?: string;
  name?: LocalText;
  to?: string;
  /** What it carries, as far as it is asked here. */
  abilities?: { textLimit: number; mail?: boolean };
  /** Of a mailbox: what stands below all that goes out by it. */
  signature?: string;
  /** When the customer must have written again. */
  closes?: Time;
  open: boolean;
  /** What goes there all the same; those in the customer's language come first. */
  templates?: ChannelTemplate[];
  deliveries: ThreadDelivery[];
}

/** What a message becomes on a channel. */
export interface ChannelPreview {
  parts: { text?: string; file?: { name: string }; buttons: { id: string; text: string; url?: string }[]; cards: { title: string }[] }[];
  /** How it is poorer than it was written. */
  notes: ('numbered' | 'links' | 'split')[];
  refused?: string;
  templates: boolean;
}

/** The channels of a company. Loaded with what shows them. */
export class ChannelsApi {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  async kinds(): Promise<ChannelKind[]> {
    return (await this.#http.get<{ items: ChannelKind[] }>('/v1/channels/kinds')).items;
  }

  async all(): Promise<Channel[]> {
    return (await this.#http.get<{ items: Channel[] }>('/v1/channels')).items;
  }

  add(channel: { kind: string; name: string; settings: Record<string, SettingValue> }): Promise<Channel> {
    return this.#http.call('POST', '/v1/channels', { body: channel });
  }

  change(inbox: Id, change: { settings?: Record<string, SettingValue>; on?: boolean }): Promise<Channel> {
    return this.#http.call('PATCH', `/v1/channels/${inbox}`, { body: change });
  }

  /** Makes a secret anew; it stands in the answer, this once. */
  remake(inbox: Id, field: string): Promise<Channel> {
    return this.#http.call('POST', `/v1/channels/${inbox}/secrets/${field}`);
  }

  /** Calls the provider, and says what came back. */
  test(inbox: Id): Promise<{ works: boolean; failure?: string; why?: string }> {
    return this.#http.call('POST', `/v1/channels/${inbox}/test`);
  }

  /** The newest first; `next` leads to those before. */
  letters(cursor?: string): Promise<{ items: DeadLetter[]; next?: string }> {
    return this.#http.get(`/v1/channels/letters${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''}`);
  }

  /** All that certainly did not arrive, once more. */
  retryAll(): Promise<{ count: number }> {
    return this.#http.call('POST', '/v1/channels/letters/retry', { body: {} });
  }

  retry(letter: Id, anyway: boolean): Promise<void> {
    return this.#http.call('POST', `/v1/channels/letters/${letter}/retry`, { body: { anyway } });
  }

  drop(letter: Id): Promise<void> {
    return this.#http.call('DELETE', `/v1/channels/letters/${letter}`);
  }

  of(conversation: Id): Promise<ThreadChannel> {
    return this.#http.get(`/v1/conversations/${conversation}/channel`);
  }

  /** What it becomes comes over the stream like any word. */
  sendTemplate(conversation: Id, template: Pick<ChannelTemplate, 'name' | 'language'> & { values: string[] }, clientId: Id): Promise<unknown> {
    return this.#http.call('POST', `/v1/conversations/${conversation}/channel/templates`, { body: { ...template, clientId } });
  }

  preview(conversation: Id, content: unknown, files: { name: string; mime: string; size: number }[] = []): Promise<ChannelPreview> {
    return this.#http.call('POST', `/v1/conversations/${conversation}/channel/preview`, { body: { ...(content ? { content } : {}), ...(files.length ? { files } : {}) } });
  }
}
