import type { Store } from './store';

/** Lives as long as the page. */
export class MemoryStore implements Store {
  readonly #map = new Map<string, unknown>();

  async get<T>(key: string): Promise<T | undefined> {
    return this.#map.get(key) as T | undefined;
  }
  async put(key: string, value: unknown): Promise<void> {
    this.#map.set(key, structuredClone(value));
  }
  async delete(key: string): Promise<void> {
    this.#map.delete(key);
  }
  async list<T>(prefix: string): Promise<T[]> {
    return [...this.#map.keys()].filter((key) => key.startsWith(prefix)).sort().map((key) => this.#map.get(key) as T);
  }
  async clear(): Promise<void> {
    this.#map.clear();
  }
}
