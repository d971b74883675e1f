import type { Entry, Id, Job, PublicInbox, Store, Thread, Visitor } from '$client';
import { forget } from './page';

/** So long ago may have been written what still goes to the person that signs in: the same as the server joins to them. */
export const joining = 30 * 60_000;

interface Who {
  resume: string;
  visitor: Visitor;
  inbox: PublicInbox;
}

/**
 * What the frame keeps of a visitor, so that the widget is there before the server has answered, and without one: who they are, their
 * threads, the newest entries of those they opened. A browser that refuses to store makes it slower, not wrong.
 */
export class Keeping {
  readonly #store: Store;
  readonly #inbox: Id;

  constructor(store: Store, inbox: Id) {
    this.#store = store;
    this.#inbox = inbox;
  }

  who(): Promise<Who | undefined> {
    return this.#store.get<Who>('who');
  }

  threads(): Promise<Thread[] | undefined> {
    return this.#store.get<Thread[]>('threads');
  }

  history(conversation: Id): Promise<Entry[] | undefined> {
    return this.#store.get<Entry[]>(`history/${conversation}`);
  }

  /** Not the token: what proves who somebody is is kept by the page, once. */
  keepWho({ resume, visitor, inbox }: Who): void {
    this.#put('who', { resume, visitor, inbox });
  }

  keepThreads(threads: readonly Thread[]): void {
    this.#put('threads', threads);
  }

  keepHistory(conversation: Id, entries: readonly Entry[]): void {
    this.#put(`history/${conversation}`, entries);
  }

  /** Leaves nothing of this visitor but the given messages on their way, and what is being written if it is the same person who goes on. */
  async forget(but: readonly Job[], drafts: boolean): Promise<void> {
    await this.#store.clear();
    if (drafts) forget(`parley:draft:${this.#inbox}:`);
    for (const job of but) await this.#store.put(`outbox/${job.clientId}`, job);
  }

  #put(key: string, value: unknown): void {
    this.#store.put(key, value).catch(() => undefined);
  }
}
