import type { Http } from './http';
import type { AgentState, Entry, Id, Mode, Priority, Status, Time } from './types';

/** An agent as who looks after them sees them; `load` in units, a third is a message that waits for their answer. */
export interface AtWork {
  id: Id;
  name: string;
  state: AgentState;
  here: boolean;
  load: number;
  capacity: number;
}

/** A conversation in which somebody waits, talks or is owed an answer; `since`: it waits in the queue. */
export interface Ongoing {
  conversation: Id;
  contact: { id: Id; name?: string };
  inbox: Id;
  mode: Mode;
  status: Status;
  priority: Priority;
  team?: Id;
  agent?: Id;
  offered?: Id;
  since?: Time;
  waitingSince?: Time;
  promise?: { due: Time; risky: boolean; broken: boolean };
}

/** How it stands, or (not `whole`) what is different. */
export interface SupervisionView {
  whole: boolean;
  agents: AtWork[];
  conversations: Ongoing[];
  gone: Id[];
}

export class SupervisionApi {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  now(): Promise<SupervisionView> {
    return this.#http.get('/v1/supervision');
  }

  /** To whoever has the conversation, and to nobody outside. */
  whisper(id: Id, text: string, clientId: string): Promise<Entry> {
    return this.#http.call('POST', `/v1/conversations/${id}/whispers`, { body: { text, clientId } });
  }

  /** It is one's own from now on; the reason is read by colleagues, the customer learns who it is. */
  takeOver(id: Id, agent: Id, reason: string): Promise<unknown> {
    return this.#http.call('PUT', `/v1/conversations/${id}/assignment`, { body: { agent, reason } });
  }
}
