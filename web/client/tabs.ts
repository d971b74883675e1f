import type { Frame, Mark, Said } from './types';
import { Stream, type StreamOptions, type StreamState } from './stream';

/** What a screen needs of a stream, whether it is its own or shared. */
export interface Connection {
  readonly state: StreamState;
  start(): void;
  stop(): void;
  say(said: Said): boolean;
  nudge(): void;
}

type Letter =
  | { kind: 'join' }
  | { kind: 'state'; state: StreamState; marks: Mark[]; cursor: string | undefined }
  | { kind: 'frame'; frame: Frame; cursor: string | undefined }
  | { kind: 'say'; said: Said };

export interface SharedOptions extends StreamOptions {
  /** The same in all tabs that may share: it names the visitor, so that another visitor's tabs are not let in. */
  name: string;
}

/**
 * One stream for several tabs. Who holds the lock leads: it alone is connected and passes on what it hears; the others pass it what they
 * want said. When the leader goes, the lock falls to the next, which goes on at the last cursor. Only for visitors, who need neither
 * `watch` nor `open`; without locks or channels every tab has a stream of its own.
 */
export class SharedStream implements Connection {
  state: StreamState = 'closed';
  #channel: BroadcastChannel | undefined;
  #stream: Stream | undefined;
  #cursor: string | undefined;
  #yieldLead: (() => void) | undefined;
  readonly #aborted = new AbortController();
  /** The newest of each, for tabs that join later. */
  readonly #marks = new Map<string, Mark>();

  readonly #options: SharedOptions;

  constructor(options: SharedOptions) {
    this.#options = options;
    this.#cursor = options.cursor;
  }

  get leads(): boolean {
    return this.#stream !== undefined;
  }

  start(): void {
    if (this.#channel || this.#stream) return;
    if (typeof BroadcastChannel === 'undefined' || !globalThis.navigator?.locks) return this.#lead();
    this.#channel = new BroadcastChannel(this.#options.name);
    this.#channel.onmessage = (event) => this.#receive(event.data as Letter);
    this.#become('connecting');
    this.#post({ kind: 'join' });
    navigator.locks
      .request(this.#options.name, { signal: this.#aborted.signal }, () => {
        this.#lead();
        return new Promise<void>((resolve) => (this.#yieldLead = resolve));
      })
      .catch(() => this.#aborted.signal.aborted || this.#lead());
  }

  stop(): void {
    this.#aborted.abort();
    this.#stream?.stop();
    this.#stream = undefined;
    this.#channel?.close();
    this.#yieldLead?.();
    this.#become('closed');
  }

  say(said: Said): boolean {
    if (this.#stream) return this.#stream.say(said);
    this.#post({ kind: 'say', said });
    return this.state === 'live';
  }

  nudge(): void {
    this.#stream?.nudge();
  }

  #lead(): void {
    this.#stream = new Stream({
      ...this.#options,
      cursor: this.#cursor,
      onFrame: (frame) => {
        if ('cursor' in frame && frame.cursor) this.#cursor = frame.cursor;
        if (frame.type === 'gone') this.#cursor = undefined;
        this.#remember(frame);
        if (frame.type !== 'beat') this.#post({ kind: 'frame', frame, cursor: this.#cursor });
        this.#options.onFrame(frame);
      },
      onState: (state) => {
        this.#become(state);
        this.#tell();
      },
    });
    this.#stream.start();
  }

  #receive(letter: Letter): void {
    if (letter.kind === 'join') {
      if (this.#stream) this.#tell();
    } else if (letter.kind === 'say') this.#stream?.say(letter.said);
    else if (this.#stream) return;
    else if (letter.kind === 'state') {
      this.#cursor = letter.cursor ?? this.#cursor;
      for (const mark of letter.marks) this.#hear(mark);
      this.#become(letter.state);
    } else {
      this.#cursor = letter.cursor;
      this.#hear(letter.frame);
    }
  }

  #hear(frame: Frame): void {
    this.#remember(frame);
    this.#options.onFrame(frame);
  }

  #remember(frame: Frame): void {
    if (frame.type !== 'mark') return;
    const what = frame.kind === 'seen' ? `${frame.participant.kind}:${frame.participant.id}` : `message:${frame.message}`;
    this.#marks.set(`${frame.conversation}/${what}`, frame);
  }

  #tell(): void {
    this.#post({ kind: 'state', state: this.state, marks: [...this.#marks.values()], cursor: this.#cursor });
  }

  #post(letter: Letter): void {
    this.#channel?.postMessage(letter);
  }

  #become(state: StreamState): void {
    if (this.state === state) return;
    this.state = state;
    this.#options.onState?.(state);
  }
}

/** Locks may be there and refused all the same: to the frame of another site, in a private window. Then every tab is on its own. */
export async function granted(): Promise<LockManager | undefined> {
  const locks = globalThis.navigator?.locks;
  return locks && (await locks.query().then(() => locks, () => undefined));
}

/** For the outbox: runs `task` unless another tab is at the same. */
export async function alone(name: string, task: () => Promise<void>): Promise<void> {
  const locks = await granted();
  if (!locks) return task();
  await locks.request(name, { ifAvailable: true }, (lock) => (lock ? task() : undefined));
}
