/** So many deliveries go at once, one more comes every so many milliseconds: what is rare is seen at once, what is thick a few times a second. */
const burst = 4;
const every = 125;
/** Longer than this nobody's key may wait: what is left of a heap comes after it. */
const atOnce = 12;

/**
 * Gathers what comes thick and fast, so that the screen is made anew for many at a time. Everything arrives, in order, `every` milliseconds late at
 * most; whoever takes it hears whether more comes with it, and draws with the last.
 */
export class Pacing<T> {
  #waiting: T[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #room = burst;
  #counted = -Infinity;

  constructor(
    private readonly take: (each: T, more: boolean) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  put(each: T) {
    this.#waiting.push(each);
    if (this.#timer !== undefined) return;
    this.#refill();
    if (this.#waiting.length === 1 && this.#room >= 1) {
      this.#room--;
      this.flush();
    } else this.#timer = setTimeout(() => this.#due(), (1 - this.#room) * every);
  }

  /** All that waits is taken now, however much it is: what comes next builds on it. */
  flush() {
    this.#hand(Infinity);
  }

  /** Nobody takes what waits any more. */
  clear() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
  }

  #refill() {
    const now = this.now();
    this.#room = Math.min(burst, this.#room + Math.max(0, now - this.#counted) / every);
    this.#counted = now;
  }

  #due() {
    this.#refill();
    this.#room = Math.max(0, this.#room - 1);
    this.#piece();
  }

  /** A heap counts once, however many pieces it is taken in. */
  #piece() {
    this.#timer = undefined;
    this.#hand(this.now() + atOnce);
    if (this.#waiting.length) this.#timer = setTimeout(() => this.#piece(), 16);
  }

  #hand(until: number) {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = this.#waiting;
    this.#waiting = [];
    for (let at = 0; at < batch.length; at++) {
      const last = at + 1 === batch.length || this.now() > until;
      try {
        this.take(batch[at]!, !last);
      } catch (error) {
        // A mistake in one is told as before, and takes nothing from the others.
        queueMicrotask(() => {
          throw error;
        });
      }
      if (last) {
        this.#waiting = [...batch.slice(at + 1), ...this.#waiting];
        return;
      }
    }
  }
}
