class CustomTime {
  open = $state(false);
  #then: ((at: number) => void) | undefined;

  ask(then: (at: number) => void) {
    this.#then = then;
    this.open = true;
  }

  take(at: number) {
    this.open = false;
    this.#then?.(at);
  }
}

export const customTime = new CustomTime();
