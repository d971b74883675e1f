import { VisitorsApi, type Guest } from '$client';
import { seat } from '../../app/seat.svelte';

export const visitorsApi = new VisitorsApi(seat.http);

const page = 50;

/** Who is on the site, as long as somebody looks: read anew whenever the line says that it is another. */
class Guests {
  items = $state.raw<Guest[]>([]);
  total = $state(0);
  known = $state(false);
  failed = $state(false);
  more = $state(false);
  #shown = page;
  #asking = false;
  #again = false;

  look(): () => void {
    this.#shown = page;
    const stop = seat.hear((frame) => {
      if (frame.type === 'signal' && frame.kind === 'visitors') void this.read();
    });
    seat.stream?.stand('visitors', () => ({ type: 'visitors' }));
    void this.read();
    // What nobody tells (somebody who is gone without a word), and a line that only hears.
    const again = setInterval(() => !document.hidden && void this.read(), 15_000);
    return () => {
      stop();
      clearInterval(again);
      seat.stream?.withdraw('visitors', { type: 'visitors', on: false });
    };
  }

  further() {
    this.#shown = Math.min(200, this.#shown + page);
    return this.read();
  }

  /** One question at a time; what changed meanwhile is asked for behind it. */
  async read(): Promise<void> {
    if (this.#asking) {
      this.#again = true;
      return;
    }
    this.#asking = true;
    try {
      const { items, next, total } = await visitorsApi.list({ limit: this.#shown });
      [this.items, this.total, this.more, this.known, this.failed] = [items, total, next !== undefined && this.#shown < 200, true, false];
    } catch {
      this.failed = !this.known;
    }
    this.#asking = false;
    if (this.#again) {
      this.#again = false;
      await this.read();
    }
  }
}

export const guests = new Guests();
