import type { Told } from './content';
import type { Http } from './http';
import type { Agent, Me } from './people';
import type { SortingRule } from './sorting';
import type { Entry, Id, Time } from './types';

/** Who of several gets something: the first of several that tells two apart decides. */
export const preferences = ['contactOwner', 'lastAgent', 'skills', 'language', 'spreadHard', 'leastLoaded', 'longestIdle', 'roundRobin'] as const;
export type Preference = (typeof preferences)[number];

export type Experience = 'beginner' | 'regular' | 'expert';

/** What somebody knows, and how well: 1 a little, 2 well, 3 better than most. */
export type Skills = Record<string, number>;

/** How what arrives in an inbox is given to people. What something costs is in thirds of a unit. */
export interface Giving {
  by?: Preference[];
  talkThirds?: number;
  letterThirds?: number;
}

/** A made-up conversation, and the id of the rule that it should meet: '' none, absent nothing is expected. */
export interface SortingExample {
  text: string;
  page?: string;
  language?: string;
  fields?: Record<string, string>;
  expects?: string;
}

/** Why somebody was asked, or given it. Scores go by `by`: what is higher is dearer; of turns it is the place, -1 for the first. */
export interface Why {
  rule?: string;
  name?: string;
  by: Preference[];
  candidates: { agent: Id; scores: number[] }[];
  of: number;
  /** How many were not asked, by why: `full`, `away`, `passed`, `language`. */
  others?: Record<string, number>;
  skills?: Skills;
  language?: string;
}

export interface Route {
  rule?: string;
  name?: string;
  by?: Preference[];
  skills?: Skills;
  fallbacks?: { afterSeconds: number; team?: Id }[];
  hard?: boolean;
  owner?: Id;
  last?: Id;
  from?: Time;
  step?: number;
}

export interface RoutingBodies {
  /** Passed on: `note` says why, the customer was told. Given by nobody: `why`. */
  assigned: { agent?: Id; team?: Id; fromAgent?: Id; fromTeam?: Id; cause: string; note?: number; told?: Told; why?: Why };
  accepted: { agent: Id; by: string; why?: Why };
  offered: { offer: Id; agent: Id; until: Time; why?: Why };
  /** How this matter finds its people. */
  directed: { route: Route };
  /** Nobody of those who were asked for had time. */
  widened: { step: number };
}

/** Through whose hands it went, what came last first. */
export interface WhyStep {
  seq: number;
  at: Time;
  type: 'offered' | 'accepted' | 'assigned';
  agent?: Id;
  team?: Id;
  fromAgent?: Id;
  fromTeam?: Id;
  cause?: string;
  note?: number;
  by?: Id;
  why?: Why;
}

export interface Judgement {
  rule?: string;
  right?: boolean;
  rules: { id: string; name: string; fits: boolean; conditions: { name: string; holds: boolean }[] }[];
  live: boolean;
  why?: Why;
}

/** Who gets what, and why. */
export class RoutingApi {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  pause(minutes: number): Promise<Me> {
    return this.#http.call('PUT', '/v1/me/pause', { body: { minutes } });
  }

  endPause(): Promise<Me> {
    return this.#http.call('DELETE', '/v1/me/pause');
  }

  skills(agent: Id, change: { skills?: Skills; experience?: Experience }): Promise<Agent> {
    return this.#http.call('PUT', `/v1/agents/${agent}/skills`, { body: change });
  }

  why(conversation: Id): Promise<{ items: WhyStep[]; route?: Route }> {
    return this.#http.call('GET', `/v1/conversations/${conversation}/why`);
  }

  transfer(conversation: Id, to: { agent?: Id; team?: Id }, reason: string, tell: boolean): Promise<{ entries: Entry[] }> {
    return this.#http.call('PUT', `/v1/conversations/${conversation}/assignment`, { body: { ...to, reason, tell } });
  }

  trial(inbox: Id, examples: SortingExample[], rules?: SortingRule[]): Promise<{ items: Judgement[] }> {
    return this.#http.call('POST', `/v1/inboxes/${inbox}/routing/trial`, { body: { examples, ...(rules ? { rules } : {}) } });
  }

  owner(contact: Id): Promise<{ agent?: Id }> {
    return this.#http.call('GET', `/v1/contacts/${contact}/owner`);
  }

  setOwner(contact: Id, agent: Id | undefined): Promise<{ agent?: Id }> {
    return agent ? this.#http.call('PUT', `/v1/contacts/${contact}/owner`, { body: { agent } }) : this.#http.call('DELETE', `/v1/contacts/${contact}/owner`);
  }
}
