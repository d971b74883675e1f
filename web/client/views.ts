import type { Http } from './http';
import type { FieldFlaw } from './problem';
import type { Id } from './types';

export type ViewShare = 'me' | 'team' | 'all';
export type ViewOrder = 'newest' | 'oldest' | 'waiting' | 'due' | 'priority';

/** One question to a conversation: `{field: 'status', op: 'in', value: ['open', 'pending']}`. */
export interface Condition {
  field: string;
  op: string;
  value?: string | string[];
}

/** All of the first, at least one of the second where there are any, none of the third. */
export interface ViewFilter {
  all?: Condition[];
  any?: Condition[];
  none?: Condition[];
}

export interface ViewBody {
  name: string;
  filter: ViewFilter;
  share?: ViewShare;
  team?: Id;
  order?: ViewOrder;
  emoji?: string;
  color?: string;
}

export interface SavedView extends ViewBody {
  id: Id;
  owner?: Id;
  share: ViewShare;
  order: ViewOrder;
  mayChange: boolean;
  /** How many conversations were looked at so far; absent: it is made. */
  building?: number;
  /** What it names that is gone. */
  broken?: FieldFlaw[];
}

/** How many of the newest conversations a filter has; `whole`: these are all that there are. */
export interface Matches {
  count: number;
  looked: number;
  whole: boolean;
}

/** Lists that somebody put together, under names. */
export class ViewsApi {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  async all(): Promise<SavedView[]> {
    return (await this.#http.get<{ items: SavedView[] }>('/v1/views')).items;
  }
  add(view: ViewBody): Promise<SavedView> {
    return this.#http.call('POST', '/v1/views', { body: view });
  }
  set(id: Id, view: ViewBody): Promise<SavedView> {
    return this.#http.call('PUT', `/v1/views/${id}`, { body: view });
  }
  remove(id: Id): Promise<void> {
    return this.#http.call('DELETE', `/v1/views/${id}`);
  }
  match(filter: ViewFilter, share: ViewShare, signal?: AbortSignal): Promise<Matches> {
    return this.#http.call('POST', '/v1/views/matches', { body: { filter, share }, ...(signal ? { signal } : {}) });
  }
  async labels(): Promise<{ name: string; count: number }[]> {
    return (await this.#http.get<{ items: { name: string; count: number }[] }>('/v1/labels')).items;
  }
}
