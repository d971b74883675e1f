/** A small store of things under keys, of one browser. Keys sort as strings; `list` gives what begins with a prefix, in order. */
export interface Store {
  get<T>(key: string): Promise<T | undefined>;
  put(key: string, value: unknown): Promise<void>;
  delete(key: string): Promise<void>;
  list<T>(prefix: string): Promise<T[]>;
  clear(): Promise<void>;
}

/** Opens the store in IndexedDB. Where there is none (private windows of some browsers) it lives as long as the page. */
export async function openStore(name: string): Promise<Store> {
  try {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore('things');
    const database = await done(request);
    // Another tab wants a newer form of it: let go, or its opening waits for ever.
    database.onversionchange = () => database.close();
    return new IndexedStore(database);
  } catch {
    const { MemoryStore } = await import('./memory');
    return new MemoryStore();
  }
}

class IndexedStore implements Store {
  readonly #database: IDBDatabase;

  constructor(database: IDBDatabase) {
    this.#database = database;}

  get<T>(key: string): Promise<T | undefined> {
    return done<T | undefined>(this.#things('readonly').get(key));
  }
  put(key: string, value: unknown): Promise<void> {
    return this.#write((things) => things.put(value, key));
  }
  delete(key: string): Promise<void> {
    return this.#write((things) => things.delete(key));
  }
  list<T>(prefix: string): Promise<T[]> {
    return done<T[]>(this.#things('readonly').getAll(IDBKeyRange.bound(prefix, `${prefix}\uffff`)));
  }
  clear(): Promise<void> {
    return this.#write((things) => things.clear());
  }

  /** Resolves when it is on disk, not when it was accepted. */
  #write(change: (things: IDBObjectStore) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const transaction = this.#database.transaction('things', 'readwrite', { durability: 'strict' });
      transaction.oncomplete = () => resolve();
      transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error('The browser refused to store.'));
      change(transaction.objectStore('things'));
    });
  }

  #things(mode: IDBTransactionMode): IDBObjectStore {
    return this.#database.transaction('things', mode).objectStore('things');
  }
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The browser refused to store.'));
  });
}
