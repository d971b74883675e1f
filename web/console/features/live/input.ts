/** Tells the server that somebody sits here, which decides by it: while there is input, once a minute. */
export class Input {
  #told = -Infinity;

  constructor(
    private readonly now: () => number,
    private readonly tell: () => void,
    private readonly every = 60_000,
  ) {}

  /** A key, a movement, a touch. */
  sign() {
    if (this.now() - this.#told < this.every) return;
    this.#told = this.now();
    this.tell();
  }
}
