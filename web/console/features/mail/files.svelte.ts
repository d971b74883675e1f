import type { StoredFile } from '$client';
import { say } from '../../app/refusals';
import { seat } from '../../app/seat.svelte';

/** A file that goes with a mail: uploaded as soon as it is chosen, so that sending takes no longer. */
export interface Enclosed {
  name: string;
  size: number;
  mime: string;
  /** Absent: it is on its way. */
  id?: string;
  /** 0..1. */
  share: number;
  problem?: string;
}

export type Kept = Pick<StoredFile, 'id' | 'name' | 'size' | 'mime'>;
type Upload = (file: Blob, name: string, progress: (share: number) => void, signal: AbortSignal) => Promise<StoredFile>;

/** As many as a message carries. */
export const mostFiles = 20;

export class Enclosing {
  list = $state<Enclosed[]>([]);
  /** The names of those for which there was no room. */
  left = $state.raw<string[]>([]);
  readonly #ways = new Map<Enclosed, AbortController>();
  readonly #upload: Upload;

  constructor(kept: readonly Kept[] = [], upload: Upload = (...all) => seat.files.upload(...all)) {
    this.list = kept.map((file) => ({ ...file, share: 1 }));
    this.#upload = upload;
  }

  /** All are there, and none of them failed. */
  get ready(): boolean {
    return this.list.every((file) => file.id);
  }

  get kept(): Kept[] {
    return this.list.flatMap(({ id, name, size, mime }) => (id ? [{ id, name, size, mime }] : []));
  }

  async add(files: Iterable<File>) {
    const all = [...files];
    const room = Math.max(0, mostFiles - this.list.length);
    this.left = all.slice(room).map(({ name }) => name);
    await Promise.all(all.slice(0, room).map((file) => this.#send(file)));
  }

  drop(file: Enclosed) {
    this.#ways.get(file)?.abort();
    this.list = this.list.filter((each) => each !== file);
    this.left = [];
  }

  /** Nobody waits for them any more. */
  stop() {
    for (const way of this.#ways.values()) way.abort();
  }

  async #send(file: File) {
    this.list.push({ name: file.name || 'image.png', mime: file.type || 'application/octet-stream', size: file.size, share: 0 });
    const it = this.list.at(-1)!;
    const way = new AbortController();
    this.#ways.set(it, way);
    try {
      const stored = await this.#upload(file, it.name, (share) => (it.share = share), way.signal);
      Object.assign(it, { id: stored.id, share: 1 });
    } catch (error) {
      if (!way.signal.aborted) it.problem = say(error);
    } finally {
      this.#ways.delete(it);
    }
  }
}
