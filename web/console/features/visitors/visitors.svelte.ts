import { VisitorsApi, type Guest } from '$client';
import { seat } from '../../app/seat.svelte';

export const visitorsApi = new VisitorsApi(seat.http);

const page = 50;
/** So many come with one answer. */
const most = 200;

/** Who is on the site, as long as somebody looks: read anew whenever the line says that it is another. */
class Guests {
  items = $state.raw<Guest[]>([]);
  total = $state(0);
  known = $state(false);
  failed = $state(false);
  more = $state(false);
  /** Only who is on a page that is called so. */
  asked = $state('');
  #shown = page;
  #asking = false;
  #again = false;

  look(): () => void {
    this.#shown = page;
    this.asked = '';
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
    this.#shown += page;
    return this.read();
  }

  seek(words: string) {
    this.asked = words;
    this.#shown = page;
    return this.read();
  }

  /** As many as are shown, page after page: who comes and goes meanwhile is there once, or with the next word. */
  async #pages(words: string) {
    const items = new Map<string, Guest>();
    let cursor: string | undefined;
    for (;;) {
      const it = await visitorsApi.list({ limit: Math.min(most, this.#shown - items.size), q: words.trim() || undefined, cursor });
      for (const guest of it.items) items.set(guest.device, guest);
      cursor = it.next;
      if (!cursor || items.size >= this.#shown || !it.items.length) return { items: [...items.values()], next: it.next, total: it.total };
    }
  }

  /** One question at a time; what changed meanwhile is asked for behind it. */
  async read(): Promise<void> {
    if (this.#asking) {
      this.#again = true;
      return;
    }
    this.#asking = true;
    try {
      const { asked } = this;
      const { items, next, total } = await this.#pages(asked);
      if (asked === this.asked) [this.items, this.total, this.more, this.known, this.failed] = [items, total, next !== undefined, true, false];
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
