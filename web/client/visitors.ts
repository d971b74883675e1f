import type { Http } from './http';
import type { Id, Mode, Time } from './types';

/** A page that was looked at; without `until`: they are there, or nobody knows how long. */
export interface Looked {
  url: string;
  title?: string;
  at: Time;
  until?: Time;
}

/** Somebody on the site who agreed that it is seen. */
export interface Guest {
  contact: Id;
  device: string;
  name?: string;
  inbox: Id;
  since: Time;
  page: Looked;
  pages: number;
  agent?: string;
  language?: string;
  timeZone?: string;
  /** The conversation that is open between them and us. */
  talks?: { conversation: Id; agent?: Id; mode: Mode };
}

export interface Trail {
  visit?: Guest;
  pages: Looked[];
}

/** How it stands with somebody to whom an agent would say the first word. */
export interface FirstStanding {
  standing: 'none' | 'own' | 'free' | 'bot' | 'other';
  conversation?: Id;
  holder?: { kind: string; id?: Id; name?: string };
  inbox: Id;
  here: boolean;
  mailed: boolean;
  /** A code: why nothing can be begun. */
  refused?: string;
}

/** Who is on the site. Loaded with what shows it. */
export class VisitorsApi {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  list(query: { cursor?: string | undefined; limit?: number; q?: string | undefined } = {}): Promise<{ items: Guest[]; next?: string; total: number }> {
    return this.#http.get('/v1/visitors', { ...query });
  }

  trail(contact: Id): Promise<Trail> {
    return this.#http.get(`/v1/contacts/${contact}/trail`);
  }

  standing(contact: Id): Promise<FirstStanding> {
    return this.#http.get(`/v1/contacts/${contact}/standing`);
  }

  start(contact: Id, text: string, clientId: string): Promise<{ conversation: { id: Id } }> {
    return this.#http.call('POST', `/v1/contacts/${contact}/conversations`, { body: { clientId, content: { type: 'text', text } } });
  }

  follow(conversation: Id, agent: Id): Promise<unknown> {
    return this.#http.call('PUT', `/v1/conversations/${conversation}/followers/${agent}`);
  }

  /** A colleague who has it reads it in the thread; the customer does not. */
  ask(conversation: Id, holder: Id, text: string, clientId: string): Promise<unknown> {
    return this.#http.call('POST', `/v1/conversations/${conversation}/notes`, { body: { clientId, text, mentions: [holder] } });
  }
}
