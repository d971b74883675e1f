/** Where each row of a tall list begins, as far as heights are known; the rest is estimated. */
export class Offsets<T extends { key: string }> {
  #rows: readonly T[] = [];
  #tops: Float64Array<ArrayBuffer> = new Float64Array(1);
  #index = new Map<string, number>();
  readonly #heights = new Map<string, number>();

  constructor(private readonly estimate: (row: T) => number) {}

  get total(): number {
    return this.#tops[this.#rows.length]!;
  }

  set(rows: readonly T[]) {
    let same = 0;
    const most = Math.min(rows.length, this.#rows.length);
    while (same < most && rows[same]!.key === this.#rows[same]!.key) same++;
    for (let i = same; i < this.#rows.length; i++) this.#index.delete(this.#rows[i]!.key);
    this.#rows = rows;
    for (let i = same; i < rows.length; i++) this.#index.set(rows[i]!.key, i);
    if (this.#tops.length < rows.length + 1) {
      const grown = new Float64Array(Math.ceil((rows.length + 1) * 1.5));
      grown.set(this.#tops);
      this.#tops = grown;
    }
    this.#sum(same);
  }

  /** Learns measured heights; false when they change nothing. */
  learn(measured: ReadonlyMap<string, number>): boolean {
    let first = Infinity;
    for (const [key, height] of measured) {
      if (this.#heights.get(key) === height) continue;
      this.#heights.set(key, height);
      first = Math.min(first, this.#index.get(key) ?? Infinity);
    }
    if (first === Infinity) return false;
    this.#sum(first);
    return true;
  }

  top(index: number): number {
    return this.#tops[index]!;
  }

  indexOf(key: string): number | undefined {
    return this.#index.get(key);
  }

  /** The row at this height: the last one that begins at or above it. */
  at(y: number): number {
    let low = 0;
    let high = this.#rows.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#tops[middle]! <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #sum(from: number) {
    for (let i = from; i < this.#rows.length; i++) {
      const row = this.#rows[i]!;
      this.#tops[i + 1] = this.#tops[i]! + (this.#heights.get(row.key) ?? this.estimate(row));
    }
  }
}
