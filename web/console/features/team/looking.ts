import type { Id, Said } from '$client';

/** What is before somebody's eyes: the conversation on the screen, whether the page is visible, whether its window has the focus. */
export interface Sight {
  conversation: Id | undefined;
  visible: boolean;
  focused: boolean;
}

type How = 'input' | 'focus' | 'open';

/** Says which conversation one looks at: at once when that changes, and every few seconds while it does not, with whether there was input meanwhile. */
export class Looking {
  #input = false;
  #saidAt = -Infinity;
  #last = '';

  constructor(
    private readonly now: () => number,
    private readonly sight: () => Sight,
    private readonly say: (said: Said & { type: 'look' }) => void,
    private readonly every = 15_000,
  ) {}

  /** Another conversation, another window, or the line is new. */
  changed(anew = false) {
    const { conversation, visible, focused } = this.sight();
    const key = `${visible ? conversation : ''} ${focused}`;
    if (key === this.#last && !anew) return;
    this.#last = key;
    // Whoever opens a conversation, or comes back to it, has just done something.
    this.#tell(focused ? 'input' : 'open');
  }

  /** A key, a movement, a touch. */
  sign() {
    this.#input = true;
    if (this.now() - this.#saidAt >= this.every) this.tick();
  }

  tick() {
    const { conversation, visible, focused } = this.sight();
    if (conversation && visible) this.#tell(focused ? (this.#input ? 'input' : 'focus') : 'open');
  }

  #tell(how: How) {
    const { conversation, visible } = this.sight();
    this.#input = false;
    this.#saidAt = this.now();
    this.say(conversation && visible ? { type: 'look', conversation, how } : { type: 'look' });
  }
}
