/** The time that screens show. It ticks every ten seconds and when the page is looked at again; what it drives updates by itself. */
class Clock {
  now = $state(Date.now());

  constructor() {
    setInterval(() => this.tick(), 10_000);
    document.addEventListener('visibilitychange', () => document.hidden || this.tick());
  }

  private tick() {
    this.now = Date.now();
  }
}

export const clock = new Clock();
