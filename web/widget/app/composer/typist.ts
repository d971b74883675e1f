const pace = 1_000;

/**
 * Tells the other side that somebody is writing, and what, at most once a second and with the last stroke; and when it is over.
 * Whether agents are shown what is being written is the server's setting.
 */
export function typist(tell: (on: boolean, text?: string) => void) {
  let toldAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const now = (text: string) => {
    toldAt = Date.now();
    tell(true, text.slice(-500));
  };
  return {
    wrote(text: string): void {
      clearTimeout(timer);
      if (!text) return this.stopped();
      const wait = toldAt + pace - Date.now();
      if (wait <= 0) now(text);
      else timer = setTimeout(() => now(text), wait);
    },
    stopped(): void {
      clearTimeout(timer);
      if (toldAt) tell(false);
      toldAt = 0;
    },
  };
}
