import type { MacroAction } from './answering';
import type { Http } from './http';
import type { Entry, Id, Time } from './types';

/** Of whose attention the figures are shown: nobody's (and nothing is kept), sums over teams, or each person's. */
export type AttentionShown = 'off' | 'teams' | 'agents';

export interface Attentive {
  seconds: number;
  conversations: number;
  meanSeconds?: number;
}

export interface OwnAttention {
  from: Time;
  to: Time;
  shown: AttentionShown;
  attention: Attentive;
}

export interface SharedAttention {
  from: Time;
  to: Time;
  shown: AttentionShown;
  /** Absent where so few attended that it would be somebody's own; so are those of teams. */
  all?: Attentive;
  teams: { team: Id; attention?: Attentive }[];
  agents?: { agent: Id; attention: Attentive }[];
}

/** What was written in a conversation, from which entry to which. */
export interface BulkDeed {
  conversation: Id;
  from: number;
  to: number;
}

export interface BulkFailure {
  conversation: Id;
  code: string;
  detail: string;
}

/** What people do together: fetched with the screens that show it. */
export class TeamApi {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  /** Where the line only hears. */
  look({ conversation, how }: { conversation?: Id; how?: string }): Promise<unknown> {
    return this.#http.call('PUT', '/v1/me/look', { body: { conversation, how } });
  }

  // -- side conversations of colleagues
  async asides(conversation: Id): Promise<Entry[]> {
    return (await this.#http.get<{ items: Entry[] }>(`/v1/conversations/${conversation}/asides`)).items;
  }
  ask(conversation: Id, body: { clientId: string; text: string; agents: Id[]; teams: Id[]; waits: boolean }): Promise<{ entries: Entry[] }> {
    return this.#http.call('POST', `/v1/conversations/${conversation}/asides`, { body });
  }
  sayAside(conversation: Id, aside: number, body: { clientId: string; text: string }): Promise<{ entries: Entry[] }> {
    return this.#http.call('POST', `/v1/conversations/${conversation}/asides/${aside}/messages`, { body });
  }
  settleAside(conversation: Id, aside: number): Promise<{ entries: Entry[] }> {
    return this.#http.call('PUT', `/v1/conversations/${conversation}/asides/${aside}/settlement`);
  }

  // -- the same with many
  bulk(body: { clientId: string; conversations: readonly Id[]; actions?: MacroAction[]; macro?: Id }): Promise<{ done: BulkDeed[]; unchanged: Id[]; failed: BulkFailure[] }> {
    return this.#http.call('POST', '/v1/bulk', { body });
  }
  undoBulk(body: { clientId: string; items: readonly BulkDeed[] }): Promise<{ done: { conversation: Id; kept: string[] }[]; failed: BulkFailure[] }> {
    return this.#http.call('POST', '/v1/bulk/undo', { body });
  }

  // -- who is told of what comes
  follow(conversation: Id, agent: Id): Promise<{ entries: Entry[] }> {
    return this.#http.call('PUT', `/v1/conversations/${conversation}/followers/${agent}`);
  }
  unfollow(conversation: Id, agent: Id): Promise<{ entries: Entry[] }> {
    return this.#http.call('DELETE', `/v1/conversations/${conversation}/followers/${agent}`);
  }

  // -- how long conversations had somebody's attention
  attentionOfMine(from?: Time): Promise<OwnAttention> {
    return this.#http.get(`/v1/me/attention${from ? `?from=${encodeURIComponent(from)}` : ''}`);
  }
  attention(): Promise<SharedAttention> {
    return this.#http.get('/v1/figures/attention');
  }
  showAttention(attention: AttentionShown): Promise<unknown> {
    return this.#http.call('PATCH', '/v1/workspace', { body: { attention } });
  }
}
