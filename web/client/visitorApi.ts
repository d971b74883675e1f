import { Http } from './http';
import type { FormValues } from './forms';
import type { Entry, Id, Page, Sending, StoredFile, Thread, Timeline, Visitor, VisitorSession } from './types';

export interface SessionRequest {
  inbox: Id;
  identity?: string | undefined;
  resume?: string | undefined;
  page?: { url: string; title?: string; referrer?: string } | undefined;
  /** What is to be spoken: the visitor chose it, or the site says so. Stronger than what a site vouches for. */
  language?: string | undefined;
  /** What the page or the browser would like. */
  locale?: string | undefined;
  /** By whose clock they are told a time. */
  timeZone?: string;
  /** What the visitor told the site; the inbox's own setting says what follows from it. */
  consent?: boolean | undefined;
}

export interface TimelineQuery {
  after?: number;
  before?: number;
  limit?: number;
}

export interface Command {
  clientId: string;
  /** The question that this answers. */
  of?: number | undefined;
  /** Nobody has it, as far as the agent saw who writes: should somebody be first, it is refused (409 `conversation.taken`). */
  unheld?: boolean;
  seen?: number;
  content: Sending;
}

/** A conversation that begins with a form filled in. */
export interface Opening {
  clientId: string;
  form: { id: string; values: FormValues };
}

/** What a command led to; nothing when it was so already. */
export type Done = Promise<{ entries: Entry[] }>;

/** What a visitor may ask of Parley. */
export class VisitorApi {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  startSession(request: SessionRequest): Promise<VisitorSession> {
    return this.#http.call('POST', '/v1/widget/sessions', { body: request });
  }

  /** What is rarely asked, by who asks it. */
  ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    return this.#http.call(method, path, { body });
  }

  introduce(said: { name?: string; email?: string; language?: string }): Promise<Visitor> {
    return this.#http.call('PATCH', '/v1/widget/me', { body: said });
  }

  endSession(): Promise<void> {
    return this.#http.call('POST', '/v1/widget/sessions/end', { keepalive: true });
  }

  /** All of them, page by page: what is unread in an old one counts too. */
  async threads(cursor?: string): Promise<Thread[]> {
    const { items, next } = await this.#http.get<Page<Thread>>('/v1/widget/conversations', { cursor });
    const threads = items.map((thread) => ({ ...thread, agents: thread.agents ?? [] }));
    return next ? [...threads, ...(await this.threads(next))] : threads;
  }

  open(command: Command | Opening): Promise<{ conversation: Partial<Thread> & { id: Id }; entry: Entry }> {
    return this.#http.call('POST', '/v1/widget/conversations', { body: command });
  }

  timeline(conversation: Id, query: TimelineQuery = {}): Promise<Timeline> {
    return this.#http.get(`/v1/widget/conversations/${conversation}/timeline`, { ...query });
  }

  post(conversation: Id, command: Command): Promise<Entry> {
    return this.#http.call('POST', `/v1/widget/conversations/${conversation}/messages`, { body: command });
  }

  edit(conversation: Id, seq: number, command: Command): Done {
    return this.#http.call('PATCH', `/v1/widget/conversations/${conversation}/messages/${seq}`, { body: command });
  }

  remove(conversation: Id, seq: number): Done {
    return this.#http.call('DELETE', `/v1/widget/conversations/${conversation}/messages/${seq}`);
  }

  react(conversation: Id, seq: number, emoji: string, on: boolean): Done {
    const path = `/v1/widget/conversations/${conversation}/messages/${seq}/reactions/${encodeURIComponent(emoji)}`;
    return this.#http.call(on ? 'PUT' : 'DELETE', path);
  }

  rate(conversation: Id, rating: { of: number; score: number; text?: string | undefined; clientId?: string }): Promise<{ entries: Entry[] }> {
    return this.#http.call('PUT', `/v1/widget/conversations/${conversation}/rating`, { body: rating });
  }

  /** The customer wishes to talk now. */
  talk(conversation: Id): Done {
    return this.#http.call('POST', `/v1/widget/conversations/${conversation}/live-request`);
  }

  /** The customer is still here, or ends the talk. */
  session(conversation: Id, on: boolean): Done {
    return this.#http.call(on ? 'PUT' : 'DELETE', `/v1/widget/conversations/${conversation}/session`);
  }

  seen(conversation: Id, seq: number): Promise<void> {
    return this.#http.call('PUT', `/v1/widget/conversations/${conversation}/seen`, { body: { seq }, keepalive: true });
  }

  upload(file: Blob, name: string, progress?: (share: number) => void, signal?: AbortSignal): Promise<StoredFile> {
    return this.#http.upload('/v1/widget/files', file, name, progress, signal);
  }
}
