import type { Http } from './http';
import type { StoredFile } from './content';
import type { SettingValue } from './channels';
import type { Id } from './types';

export interface MailAddress {
  address: string;
  name?: string;
}

/** What a mail has beside its words. */
export interface Mailed {
  subject?: string;
  /** Of one that came in, where it is not an address of the contact's own. */
  from?: MailAddress;
  /** It has our token or id, but comes from an address by which nobody in the thread is known. */
  unverified?: boolean;
  to?: MailAddress[];
  cc?: MailAddress[];
  bcc?: MailAddress[];
  /** The quote and the signature, as text. */
  folded?: string;
  /** The mail as a page, cleaned. */
  page?: StoredFile;
  forwarded?: boolean;
  /** Why no program may answer it. */
  automatic?: 'reply' | 'notice' | 'many' | 'old' | 'often';
}

/** What is said of a mail that goes out. */
export type MailSending = Pick<Mailed, 'subject' | 'to' | 'cc' | 'bcc'>;

/** What is known of a mailbox by its address, for the form. */
export interface MailSuggestion {
  provider?: string;
  entry: 'password' | 'appPassword' | 'token';
  settings: Record<string, SettingValue>;
}

export type MailStep = 'receive' | 'folder' | 'send' | 'loop';

/** A step of a trial, and what is to be done where it failed. */
export interface MailFinding {
  step: MailStep;
  /** Absent: it works. */
  code?: string;
  advice: 'none' | 'host' | 'port' | 'tls' | 'startTls' | 'certificate' | 'password' | 'appPassword' | 'token' | 'folder' | 'later' | 'sender' | 'loop';
  said?: string;
  folder?: string;
}

/** An inbox by which somebody can be written to by their address alone. */
export interface Mailbox {
  inbox: Id;
  name: string;
  address: string;
}

interface Begun {
  conversation: { id: Id };
}

/** Mail, for those who write and those who set it up. Loaded with what shows it. */
export class MailApi {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  /** @param kind Of the channel that is set up. */
  propose(kind: string, address: string): Promise<MailSuggestion> {
    return this.#http.call('POST', `/v1/channels/${kind}/proposal`, { body: { address } });
  }

  /** Sends one and waits for it: may take as long as a minute. */
  try(kind: string, settings: Record<string, SettingValue>, inbox?: Id): Promise<{ works: boolean; findings: MailFinding[] }> {
    return this.#http.call('POST', `/v1/channels/${kind}/trial`, { body: { settings, inbox } });
  }

  async mailboxes(): Promise<Mailbox[]> {
    return (await this.#http.get<{ items: Mailbox[] }>('/v1/mailboxes')).items;
  }

  begin(inbox: Id, mail: { contact?: Id | undefined; to?: MailAddress | undefined; content: { type: 'text' | 'file'; text: string; files?: Id[]; format: 'markdown'; mail: MailSending }; clientId: Id }): Promise<Begun> {
    return this.#http.call('POST', `/v1/mailboxes/${inbox}/conversations`, { body: mail });
  }

  forward(conversation: Id, mail: { seq: number; to: MailAddress; cc?: MailAddress[] | undefined; subject?: string | undefined; text?: string | undefined; clientId: Id }): Promise<Begun> {
    return this.#http.call('POST', `/v1/conversations/${conversation}/forward`, { body: mail });
  }

  transcript(conversation: Id, to: string | undefined, clientId: Id): Promise<{ to: string }> {
    return this.#http.call('POST', `/v1/conversations/${conversation}/transcript`, { body: { to, clientId } });
  }

  async signature(): Promise<string> {
    return (await this.#http.get<{ text: string }>('/v1/me/signature')).text;
  }

  async sign(text: string): Promise<string> {
    return (await this.#http.call<{ text: string }>('PUT', '/v1/me/signature', { body: { text } })).text;
  }
}
