import { Problem } from './problem';

export interface HttpOptions {
  /** The origin of Parley without a trailing slash; empty for the own origin. */
  base?: string;
  /** The bearer token; asked again with `renew` after a 401. Agents use their cookie and give none. */
  token?: (renew: boolean) => Promise<string | undefined>;
  /** Sent along with every call, `X-Parley: 1` for agents. */
  headers?: Record<string, string>;
  fetch?: typeof fetch;
  /** A call without an answer for this long counts as no network. */
  timeoutMs?: number;
}

export type Query = Record<string, string | number | boolean | undefined>;

export interface CallOptions {
  query?: Query | undefined;
  body?: unknown;
  signal?: AbortSignal | undefined;
  headers?: Record<string, string> | undefined;
  /** Goes on when the page is being left. */
  keepalive?: boolean;
}

/** Typed calls over fetch: JSON in and out, every refusal a `Problem`. */
export class Http {
  readonly #fetch: typeof fetch;

  readonly #options: HttpOptions;

  constructor(options: HttpOptions = {}) {
    this.#options = options;
    this.#fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  }

  get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
    return this.call<T>('GET', path, { query, signal });
  }

  async call<T>(method: string, path: string, options: CallOptions = {}): Promise<T> {
    let answer = await this.#once(method, path, options, false);
    if (answer.status === 401 && this.#options.token) answer = await this.#once(method, path, options, true);
    return read<T>(answer);
  }

  /** Sends a file as multipart; the way is fetched when it is first gone. */
  async upload<T>(path: string, file: Blob, name: string, progress?: (share: number) => void, signal?: AbortSignal): Promise<T> {
    const form = new FormData();
    form.append('file', file, name);
    if (typeof XMLHttpRequest === 'undefined' || this.#options.fetch) return this.call<T>('POST', path, { body: form, signal });
    const { send } = await import('./upload');
    const once = async (renew: boolean) => send(this.url(path), await this.#headers(renew), form, progress, signal);
    const first = await once(false);
    return read<T>(first.status === 401 && this.#options.token ? await once(true) : first);
  }

  async #once(method: string, path: string, options: CallOptions, renew: boolean): Promise<Response> {
    const headers = await this.#headers(renew, options.headers);
    const form = options.body instanceof FormData;
    if (options.body !== undefined && !form) headers['Content-Type'] = 'application/json';
    const init: RequestInit = { method, headers, credentials: this.#options.token ? 'omit' : 'same-origin' };
    if (options.body !== undefined) init.body = form ? (options.body as FormData) : JSON.stringify(options.body);
    if (options.keepalive) init.keepalive = true;
    const timeout = AbortSignal.timeout(form ? 600_000 : (this.#options.timeoutMs ?? 20_000));
    init.signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
    try {
      return await this.#fetch(this.url(path, options.query), init);
    } catch (error) {
      if (options.signal?.aborted) throw error;
      throw Problem.network(error);
    }
  }

  async #headers(renew: boolean, more?: Record<string, string>): Promise<Record<string, string>> {
    const headers: Record<string, string> = { Accept: 'application/json', ...this.#options.headers, ...more };
    const token = await this.#options.token?.(renew);
    if (token) headers['Authorization'] = `Bearer ${token}`;
    return headers;
  }

  url(path: string, query: Query = {}): string {
    const pairs = Object.entries(query).filter(([, value]) => value !== undefined);
    const search = new URLSearchParams(pairs.map(([key, value]) => [key, String(value)])).toString();
    return `${this.#options.base ?? ''}${path}${search ? `?${search}` : ''}`;
  }
}

async function read<T>(answer: Response): Promise<T> {
  const text = await answer.text();
  if (!answer.ok) throw Problem.of(answer.status, text, answer.headers.get('Retry-After'));
  return (text ? JSON.parse(text) : undefined) as T;
}
