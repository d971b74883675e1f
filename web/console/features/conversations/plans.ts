import type { Entry, EntryOf, Item } from '$client';

export type Plan = EntryOf<'scheduled'>;

/** An item that is drawn as words of ours though it is no message: `undo` while it can be taken back, else why it was not sent. */
export type Planned = Item & { plan?: string };

/** What somebody has to read in the thread: it was to be said, and was not. */
const unsent = new Set(['ended', 'agentGone', 'taken', 'answered', 'spam', 'refused']);

/**
 * What was written to be sent later, as the thread shows it. While it waits only so that it can be taken back it stands there as if it were sent, and the message
 * that it becomes takes its place; what could not be sent says why. All else of it is shown elsewhere.
 */
export class Plans {
  readonly #entries = new Map<number, Plan>();
  readonly #ends = new Map<number, string>();
  readonly #made = new WeakMap<Item, Map<string, Planned>>();

  /** What waits for its time, the first first. */
  get waiting(): Plan[] {
    return [...this.#entries.values()].filter((plan) => !plan.undo && !plan.redacted && !this.#ends.has(plan.seq)).sort((a, b) => Date.parse(a.due!) - Date.parse(b.due!));
  }

  /** Learns of plans and of their ends; true when there was anything of them. */
  add(entries: readonly Entry[]): boolean {
    let any = false;
    for (const entry of entries) {
      if (entry.type === 'scheduled') this.#entries.set(entry.seq, entry);
      else if (entry.type === 'unscheduled' && entry.of) this.#ends.set(entry.of, entry.cause ?? 'sent');
      else continue;
      any = true;
    }
    return any;
  }

  draw(items: readonly Item[]): readonly Item[] {
    if (this.#entries.size === 0) return items;
    return items.map((item) => {
      const { entry } = item;
      if (entry.type === 'scheduled') return this.#as(item, entry);
      const plan = entry.type === 'message' && entry.trigger?.timer === 'scheduled' ? this.#entries.get(entry.trigger.seq ?? 0) : undefined;
      return plan?.undo && plan.clientId ? this.#keep(item, 'sent', { key: `c${plan.clientId}` }) : item;
    });
  }

  #as(item: Item, entry: Plan): Item {
    const end = this.#ends.get(entry.seq);
    const plan = end === undefined ? (entry.undo ? 'undo' : undefined) : unsent.has(end) ? end : undefined;
    if (!plan || !entry.content || entry.redacted) return this.#keep(item, 'hidden', { key: `p${entry.seq}` });
    return this.#keep(item, plan, { plan, content: entry.content });
  }

  /** The same object as long as nothing of it has changed. */
  #keep(item: Item, as: string, change: Partial<Planned>): Planned {
    const made = this.#made.get(item) ?? new Map<string, Planned>();
    this.#made.set(item, made);
    const known = made.get(as);
    if (known) return known;
    const planned = { ...item, ...change };
    made.set(as, planned);
    return planned;
  }
}
