/**
 * Whether somebody sits here. An empty chair promises nothing: after a quarter of an hour without a key or a movement, `onidle` is called once;
 * the next input calls `onback`.
 */
export class Idle {
  #last: number;
  #idle = false;

  constructor(
    private readonly now: () => number,
    private readonly onidle: () => void,
    private readonly onback: () => void,
    private readonly after = 15 * 60_000,
  ) {
    this.#last = now();
  }

  input() {
    this.#last = this.now();
    if (!this.#idle) return;
    this.#idle = false;
    this.onback();
  }

  /** Looks at the clock; called every half minute. A machine that slept is found out at its first look. */
  look() {
    if (this.#idle || this.now() - this.#last < this.after) return;
    this.#idle = true;
    this.onidle();
  }
}
