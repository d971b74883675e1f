import { Problem, type DraftWords, type Id, type SavedDraft } from '$client';

export interface DraftRoutes {
  draft(id: Id): Promise<SavedDraft>;
  saveDraft(id: Id, draft: SavedDraft): Promise<SavedDraft>;
}

/** What was said of the words of a conversation, between this window and the server. */
interface Standing {
  /** The version that the words here began from. */
  version: number;
  /** The words as the server has them, as far as is known here. */
  saved: string;
  words: DraftWords;
  timer?: ReturnType<typeof setTimeout>;
  busy?: boolean;
  /** Newer words of another window, until somebody says which are meant. */
  other?: SavedDraft;
}

const none: DraftWords = { reply: '', note: '', mode: 'reply' };

/** Where the field is empty it is all the same which of both it was. */
const text = ({ reply, note, mode, quote, mail }: DraftWords) => (!reply && !note && !quote && !mail ? '' : JSON.stringify([reply, note, mode, quote ?? 0, ...(mail ? [mail.subject, mail.to, mail.cc, mail.bcc] : [])]));

/**
 * Keeps what is being written on the server: a moment after it was typed, over the version that it began from. Newer words of another window are never
 * overwritten unseen, and take the place of what here was not changed since.
 */
export class Drafts {
  readonly #all = new Map<Id, Standing>();
  readonly #routes: DraftRoutes;
  readonly #wait: number;

  constructor(
    routes: DraftRoutes,
    /** Told whenever there are words somewhere, or none any more; where they stand with the server; and of newer ones of another window. */
    readonly told: { mark: (id: Id, on: boolean) => void; kept: (id: Id, version: number, saved: boolean) => void; other: (id: Id, words: DraftWords | undefined) => void },
    wait = 800,
  ) {
    this.#routes = routes;
    this.#wait = wait;
  }

  /** True while words are here that the server has not taken. */
  unsaved(id: Id): boolean {
    const it = this.#all.get(id);
    return it !== undefined && text(it.words) !== it.saved;
  }

  /** As it is typed. */
  write(id: Id, words: DraftWords): void {
    const it = this.#of(id);
    it.words = words;
    this.told.mark(id, text(words) !== '');
    if (it.other || text(words) === it.saved) return;
    clearTimeout(it.timer);
    it.timer = setTimeout(() => void this.flush(id), text(words) === '' ? 0 : this.#wait);
  }

  /**
   * What the server has, where a conversation is opened or looked at again: the words to go on with if they are others than those here, which
   * began from `version` and were not changed since they were `saved`.
   */
  async look(id: Id, here: DraftWords, version: number, saved: boolean): Promise<DraftWords | undefined> {
    const it = this.#of(id, here, version, saved);
    const theirs = await this.#routes.draft(id);
    if (it.other || it.busy || theirs.version === it.version) {
      if (!it.other && text(it.words) !== it.saved) void this.flush(id);
      return undefined;
    }
    const changed = text(it.words) !== it.saved;
    if (!changed || text(it.words) === text(theirs)) return this.#take(id, it, theirs, !changed && text(it.words) !== text(theirs));
    if (theirs.version === 0) {
      // It was sent or emptied elsewhere; what was added here since is still somebody's words.
      it.version = 0;
      void this.flush(id);
    } else this.#differ(id, it, theirs);
    return undefined;
  }

  /** Saves now what is not saved yet. */
  async flush(id: Id): Promise<void> {
    const it = this.#all.get(id);
    if (!it || it.busy || it.other) return;
    clearTimeout(it.timer);
    const { words } = it;
    if (text(words) === it.saved) return;
    it.busy = true;
    try {
      const { version } = await this.#routes.saveDraft(id, { ...words, version: it.version });
      it.version = version;
      it.saved = text(words);
      this.told.kept(id, version, text(it.words) === it.saved);
    } catch (error) {
      if (error instanceof Problem && error.code === 'draft.newer') await this.#compare(id, it);
      // Else it stands in this browser, and is tried again with the next word.
    } finally {
      it.busy = false;
    }
    if (!it.other && text(it.words) !== it.saved && it.words !== words) it.timer = setTimeout(() => void this.flush(id), this.#wait);
  }

  /** Of two that differ the ones here are meant. */
  keep(id: Id): void {
    const it = this.#all.get(id);
    if (!it?.other) return;
    it.version = it.other.version;
    this.#agree(id, it);
    void this.flush(id);
  }

  /** The others are: they are what is written on. */
  take(id: Id): DraftWords | undefined {
    const it = this.#all.get(id);
    return it?.other && this.#take(id, it, it.other, true);
  }

  async #compare(id: Id, it: Standing): Promise<void> {
    const theirs = await this.#routes.draft(id);
    if (theirs.version === 0 || text(theirs) === text(it.words)) {
      it.version = theirs.version;
      it.saved = text(theirs);
      it.timer = setTimeout(() => void this.flush(id), this.#wait);
    } else this.#differ(id, it, theirs);
  }

  #differ(id: Id, it: Standing, theirs: SavedDraft): void {
    it.other = theirs;
    this.told.other(id, theirs);
  }

  #take(id: Id, it: Standing, { version, ...words }: SavedDraft, news: boolean): DraftWords | undefined {
    it.version = version;
    it.saved = text(words);
    if (news) it.words = words;
    this.#agree(id, it);
    this.told.kept(id, version, true);
    this.told.mark(id, text(it.words) !== '');
    return news ? words : undefined;
  }

  #agree(id: Id, it: Standing): void {
    if (!it.other) return;
    delete it.other;
    this.told.other(id, undefined);
  }

  #of(id: Id, here: DraftWords = none, version = 0, saved = true): Standing {
    let it = this.#all.get(id);
    if (!it) this.#all.set(id, (it = { version, saved: saved ? text(here) : '', words: here }));
    return it;
  }
}
