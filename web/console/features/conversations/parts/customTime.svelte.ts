class CustomTime {
  open = $state(false);
  /** What is done with the time. */
  name = $state.raw('');
  #then: ((at: number) => void) | undefined;

  ask(name: string, then: (at: number) => void) {
    this.name = name;
    this.#then = then;
    this.open = true;
  }

  take(at: number) {
    this.open = false;
    this.#then?.(at);
  }
}

export const customTime = new CustomTime();
