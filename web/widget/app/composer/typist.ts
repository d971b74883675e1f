/** Tells the other side that somebody is writing: at once, again while it goes on, and when it is over. */
export function typist(tell: (on: boolean) => void) {
  let toldAt = 0;
  return {
    wrote(text: string): void {
      if (!text) return this.stopped();
      if (Date.now() - toldAt < 3_000) return;
      toldAt = Date.now();
      tell(true);
    },
    stopped(): void {
      if (toldAt) tell(false);
      toldAt = 0;
    },
  };
}
