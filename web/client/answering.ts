import type { Http } from './http';
import type { Content, EntryOf, Entry, Id, Time } from './types';
import type { Command } from './visitorApi';

/** What an agent may ask so that answering is quick: saying something later, and thinking better of it. */
export class AnsweringApi {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  /** At a time, or after some seconds. Where the customer is talked with, the latter comes back as the message that it became at once. */
  schedule(id: Id, command: Command & { at?: Time; undo?: number }): Promise<Entry> {
    return this.#http.call('POST', `/v1/conversations/${id}/scheduled`, { body: command });
  }
  async scheduled(id: Id): Promise<EntryOf<'scheduled'>[]> {
    return (await this.#http.get<{ items: EntryOf<'scheduled'>[] }>(`/v1/conversations/${id}/scheduled`)).items;
  }
  /** The words, which are kept nowhere else from then on. */
  async takeBack(id: Id, seq: number): Promise<Content> {
    return (await this.#http.call<{ content: Content }>('DELETE', `/v1/conversations/${id}/scheduled/${seq}`)).content;
  }
  sendNow(id: Id, seq: number): Promise<Entry> {
    return this.#http.call('PUT', `/v1/conversations/${id}/scheduled/${seq}/dispatch`);
  }
}
