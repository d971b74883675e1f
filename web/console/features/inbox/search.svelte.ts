import type { Found } from '$client';
import { seat } from '../../app/seat.svelte';

/** Full-text search, newest first, as one types. */
class Searching {
  query = $state('');
  found = $state.raw<Found[]>([]);
  state = $state<'idle' | 'asking' | 'done' | 'failed'>('idle');
  next = $state<string>();
  #abort: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  ask(query: string, now = false) {
    this.query = query;
    clearTimeout(this.#timer);
    this.#abort?.abort();
    if (query.trim().length < 2) {
      this.found = [];
      this.next = undefined;
      this.state = 'idle';
      return;
    }
    this.state = 'asking';
    this.#timer = setTimeout(() => void this.#run(query.trim()), now ? 0 : 150);
  }

  async more() {
    if (!this.next || this.state === 'asking') return;
    await this.#run(this.query.trim(), this.next);
  }

  async #run(query: string, cursor?: string) {
    const abort = (this.#abort = new AbortController());
    this.state = 'asking';
    try {
      const page = await seat.api.search(query, cursor, 30, abort.signal);
      this.found = cursor ? [...this.found, ...page.items] : page.items;
      this.next = page.next;
      this.state = 'done';
    } catch {
      if (!abort.signal.aborted) this.state = 'failed';
    }
  }
}

export const searching = new Searching();

/** A snippet with its hits between U+0002 and U+0003, as pieces to draw. */
export function pieces(snippet: string): { text: string; hit: boolean }[] {
  return snippet
    .split(/(\u0002[^\u0003]*\u0003)/)
    .filter((piece) => piece.length > 0)
    .map((piece) => (piece.startsWith('\u0002') ? { text: piece.slice(1, -1), hit: true } : { text: piece.replace(/[\u0002\u0003]/g, ''), hit: false }));
}
