import { backoff } from './backoff';
import { socketTransport, sseTransport, type Line, type Transport } from './transport';
import type { Frame, Said } from './types';

/**
 * `connecting`: nothing heard yet. `live`: the server has said hello. `waiting`: cut, and coming back by itself.
 * `closed`: we closed it, or the server refuses us for good.
 */
export type StreamState = 'connecting' | 'live' | 'waiting' | 'closed';

export interface StreamOptions {
  /** The origin of Parley; empty for the own one. */
  base?: string;
  /** The visitor's token; `renew` after the server has refused the last one. Agents give none: their cookie speaks. */
  token?: (renew: boolean) => Promise<string | undefined>;
  /** Where we left off; without it nothing is replayed. */
  cursor?: string | undefined;
  onFrame: (frame: Frame) => void;
  onState?: (state: StreamState) => void;
  /** The order of transports to try; a test gives its own. */
  transports?: Transport[];
  random?: () => number;
}

/**
 * The one connection to the server. Start and recovery are the same path: hello with the cursor, then all standing requests again.
 * What is said while cut is not kept, except `watch` and `open`, which stand until taken back.
 */
export class Stream {
  state: StreamState = 'closed';
  #cursor: string | undefined;
  #line: Line | undefined;
  #turn = 0;
  #attempt = 0;
  #fruitless = 0;
  /** Which transport is on now, and which was the last that led to a hello. */
  #way = 0;
  #worked: number | undefined;
  #hopeMs = 300_000;
  #renew = false;
  #beatMs = 30_000;
  #heardAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #watchdog: ReturnType<typeof setTimeout> | undefined;
  readonly #standing = new Map<string, () => Said>();
  readonly #transports: Transport[];

  readonly #options: StreamOptions;

  constructor(options: StreamOptions) {
    this.#options = options;
    this.#cursor = options.cursor;
    this.#transports = options.transports ?? [socketTransport, sseTransport];
  }

  start(): void {
    if (this.state === 'closed') this.#connect();
  }

  stop(): void {
    this.#drop();
    this.#become('closed');
  }

  /** Says it now, if there is a line that can carry it. */
  say(said: Said): boolean {
    return this.state === 'live' && (this.#line?.say(said) ?? false);
  }

  /** Says it now and again after every reconnection, made anew each time (its `after` will have moved), until `withdraw`. */
  stand(key: string, make: () => Said): void {
    this.#standing.set(key, make);
    if (this.state !== 'live') return;
    if (!this.#line?.say(make())) this.#reconnect();
  }

  withdraw(key: string, said?: Said): void {
    if (!this.#standing.delete(key) || this.state !== 'live') return;
    if (said && !this.#line?.say(said)) this.#reconnect();
  }

  /** The network may be back, or the page was asleep: find out now instead of at the next beat. */
  nudge(): void {
    if (this.state === 'waiting') {
      this.#attempt = 0;
      this.#connect();
    } else if (this.state === 'live' && Date.now() - this.#heardAt > this.#beatMs * 1.5) this.#lost();
  }

  #reconnect(): void {
    this.#drop();
    this.#connect();
  }

  #connect(): void {
    this.#drop();
    this.#become('connecting');
    const turn = this.#turn;
    // A way that has worked is tried some more before another: the server may just be away.
    const turns = Math.floor(this.#fruitless / (this.#worked === undefined ? 1 : 5));
    this.#way = ((this.#worked ?? 0) + turns) % this.#transports.length;
    const transport = this.#transports[this.#way]!;
    // A connection that neither opens nor fails would hang for minutes behind some proxies.
    this.#watchdog = setTimeout(() => this.#lost(), 15_000);
    void this.#dial(transport, turn);
  }

  async #dial(transport: Transport, turn: number): Promise<void> {
    try {
      const token = await this.#options.token?.(this.#renew);
      if (turn !== this.#turn) return;
      this.#renew = false;
      this.#line = transport({
        base: this.#options.base ?? '',
        token,
        cursor: this.#cursor,
        standing: [...this.#standing.values()].map((make) => make()),
        heard: (frame) => turn === this.#turn && this.#hear(frame),
        lost: () => turn === this.#turn && this.#lost(),
      });
    } catch {
      // No token without a network: the same wait as for a line that was cut.
      if (turn === this.#turn) this.#lost();
    }
  }

  #hear(frame: Frame): void {
    this.#heardAt = Date.now();
    this.#watch();
    if ('cursor' in frame && frame.cursor) this.#cursor = frame.cursor;
    switch (frame.type) {
      case 'hello':
        this.#beatMs = (frame.beatSeconds || 30) * 1000;
        this.#attempt = 0;
        this.#fruitless = 0;
        this.#worked = this.#way;
        if (this.#way > 0) this.#hope();
        this.#watch();
        this.#become('live');
        // Only now, for the socket drops what it hears before its hello; an SSE line has carried them in its address.
        if (this.#line?.late) for (const make of this.#standing.values()) this.#line.say(make());
        break;
      case 'gone':
        this.#cursor = undefined;
        break;
      case 'bye':
        this.#renew = frame.reason === 'access' || frame.reason === 'hello';
        this.#options.onFrame(frame);
        this.#lost(frame.retryAfterMs ?? 0, frame.reason === 'drain');
        return;
    }
    this.#options.onFrame(frame);
  }

  /** The lesser way may have been taken in a bad moment: from time to time, and less and less often, the better one is tried again. */
  #hope(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#worked = undefined;
      this.#reconnect();
    }, this.#hopeMs);
    this.#hopeMs = Math.min(this.#hopeMs * 2, 3_600_000);
  }

  /** Two missed beats, and a little for the way. */
  #watch(): void {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => this.#lost(), this.#beatMs * 2 + 3_000);
  }

  /** A node that drains sends us to the others, who are there: nobody has to be waited for. */
  #lost(atLeastMs = 0, moves = false): void {
    if (this.state === 'closed') return;
    if (this.state === 'connecting') this.#fruitless++;
    this.#drop();
    this.#become('waiting');
    const wait = moves ? atLeastMs : Math.max(atLeastMs, backoff(this.#attempt++, this.#options.random));
    this.#timer = setTimeout(() => this.#connect(), wait);
  }

  #drop(): void {
    this.#turn++;
    clearTimeout(this.#timer);
    clearTimeout(this.#watchdog);
    this.#line?.close();
    this.#line = undefined;
  }

  #become(state: StreamState): void {
    if (this.state === state) return;
    this.state = state;
    this.#options.onState?.(state);
  }
}
