import { Problem, type Found, type FoundPerson } from '$client';
import { say } from '../../app/refusals';
import { seat } from '../../app/seat.svelte';

const stretches = 5;

/** People and what was said, newest first, as one types. */
class Searching {
  query = $state('');
  people = $state.raw<FoundPerson[]>([]);
  morePeople = $state<string>();
  found = $state.raw<Found[]>([]);
  state = $state<'idle' | 'asking' | 'done' | 'failed'>('idle');
  next = $state<string>();
  /** What the question itself has wrong, in words. */
  wrong = $state<string>();
  #abort: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  ask(query: string, now = false) {
    this.query = query;
    clearTimeout(this.#timer);
    this.#abort?.abort();
    if (query.trim().length < 2) {
      this.found = [];
      this.people = [];
      this.next = this.morePeople = undefined;
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

  /** The rest of the people, a page at a time. */
  async everybody() {
    if (!this.morePeople || this.state === 'asking') return;
    await this.#ask(async (signal) => {
      const page = await seat.api.people(this.query.trim(), this.morePeople, 20, signal);
      this.people = [...this.people, ...page.items];
      this.morePeople = page.next;
    });
  }

  async #run(query: string, cursor?: string) {
    await this.#ask(async (signal) => {
      let page = await seat.api.search(query, cursor, 30, signal);
      // What is seldom may have nothing in one stretch: a look goes through so much and no more.
      for (let looks = 1; !page.items.length && page.next && looks < stretches; looks++) {
        const { items, next } = await seat.api.search(query, page.next, 30, signal);
        page = { ...page, items, next };
      }
      this.found = cursor ? [...this.found, ...page.items] : page.items;
      this.next = page.next;
      if (cursor) return;
      this.people = page.people ?? [];
      this.morePeople = page.peopleNext;
    });
  }

  async #ask(get: (signal: AbortSignal) => Promise<void>) {
    const abort = (this.#abort = new AbortController());
    this.state = 'asking';
    this.wrong = undefined;
    try {
      await get(abort.signal);
      this.state = 'done';
    } catch (error) {
      if (abort.signal.aborted) return;
      this.wrong = error instanceof Problem && error.code.startsWith('search.') ? say(error) : undefined;
      this.state = 'failed';
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

/** A snippet as it reads. */
export const plain = (snippet: string): string => snippet.replace(/[\u0002\u0003]/g, '');

/** What somebody was found by, as it is told: the name as it stands in the head, and beside it what else fits and is not part of a longer thing that does. */
export function foundBy(snippet: string, name: string): { name?: string; else: string } {
  const parts = snippet.split(' · ');
  const named = parts.find((part) => plain(part) === name);
  const others = parts.filter((part, i) => part !== named && !parts.some((longer, j) => j !== i && longer !== named && plain(longer) !== plain(part) && plain(longer).includes(plain(part))));
  return { ...(named ? { name: named } : {}), else: others.join(' · ') };
}
