import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { DraftWords, Id } from '$client';
import { seat } from '../../app/seat.svelte';
import { Drafts } from './drafts';

/** What was begun and not sent, wherever: on the server, for all windows and devices of this person. */
class Kept {
  /** Where there is something. */
  readonly begun = new SvelteSet<Id>();
  /** Where another window has newer words, and which. */
  readonly others = new SvelteMap<Id, DraftWords>();
  /** Told how the words of a conversation stand with the server. */
  onkept: (id: Id, version: number, saved: boolean) => void = () => undefined;
  #of: Id | undefined;
  #drafts!: Drafts;

  constructor() {
    // With every line that comes up: what was begun elsewhere meanwhile has its mark.
    seat.hear((frame) => frame.type === 'hello' && void this.#list().catch(() => undefined));
    // And whenever somebody comes back to this window from another.
    document.addEventListener('visibilitychange', () => !document.hidden && seat.standing === 'in' && void this.#list().catch(() => undefined));
  }

  write(id: Id, words: DraftWords) {
    this.#mine().write(id, words);
  }

  look(id: Id, here: DraftWords, version: number, saved: boolean) {
    return this.#mine().look(id, here, version, saved);
  }

  flush(id: Id) {
    return this.#mine().flush(id);
  }

  keep(id: Id) {
    this.#mine().keep(id);
  }

  take(id: Id) {
    return this.#mine().take(id);
  }

  async #list() {
    const mine = this.#mine();
    const known = [...this.begun];
    const ids = new Set(await seat.api.answering.drafts());
    if (mine !== this.#drafts) return;
    // What was sent or dropped elsewhere meanwhile has its mark no more; what is begun here and not saved yet keeps it.
    for (const id of known) if (!ids.has(id) && !mine.unsaved(id)) this.begun.delete(id);
    for (const id of ids) this.begun.add(id);
  }

  /** Whoever sits down here next finds nothing of who sat here before. */
  #mine(): Drafts {
    if (this.#drafts && this.#of === seat.me?.id) return this.#drafts;
    this.#of = seat.me?.id;
    this.begun.clear();
    this.others.clear();
    const mine = () => this.#drafts === drafts;
    const drafts = new Drafts(
      { draft: (id) => seat.api.answering.draft(id), saveDraft: (id, draft) => seat.api.answering.saveDraft(id, draft) },
      {
        mark: (id, on) => void (mine() && this.begun[on ? 'add' : 'delete'](id)),
        kept: (id, version, saved) => mine() && this.onkept(id, version, saved),
        other: (id, words) => void (mine() && (words ? this.others.set(id, words) : this.others.delete(id))),
      },
    );
    return (this.#drafts = drafts);
  }
}

export const drafts = new Kept();
