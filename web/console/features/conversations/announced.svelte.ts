/** So long a screen reader takes for a message, about: what comes meanwhile is told as a number. */
const breath = 2_000;

/** What a screen reader is told of the conversation that is open: each message once, when it arrives; where they come faster than they can be said, how many came. */
class Announced {
  text = $state('');
  #waiting: string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `many` says that so many came at once. */
  say(text: string, many: (count: number) => string) {
    if (this.#timer !== undefined) {
      this.#waiting.push(text);
      return;
    }
    this.text = text;
    this.#timer = setTimeout(() => this.#next(many), breath);
  }

  /** Another conversation is open: what waits to be said is of the one before. */
  clear() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
    this.text = '';
  }

  #next(many: (count: number) => string) {
    this.#timer = undefined;
    const [first, ...rest] = this.#waiting;
    this.#waiting = [];
    if (first !== undefined) this.say(rest.length ? many(rest.length + 1) : first, many);
  }
}

export const announced = new Announced();
