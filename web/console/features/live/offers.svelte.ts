import { Problem, type Frame, type Offer, type Summary } from '$client';
import { toast } from '$kit/parts/toasts.svelte';
import { route } from '../../app/route.svelte';
import { complain } from '../../app/refusals';
import { seat } from '../../app/seat.svelte';
import { t } from '../../app/texts.svelte';

/** What one is asked to take, and how much one has. The server says both; what it says later is right. */
class Offers {
  items = $state.raw<readonly Offer[]>([]);
  /** The rows of what is offered, as they come: an offer is shown before its row. */
  rows = $state.raw<Readonly<Record<string, Summary>>>({});
  load = $state(0);
  capacity = $state(0);
  #asking: ReturnType<typeof setTimeout> | undefined;

  /** What runs out first. */
  get first(): Offer | undefined {
    return this.items[0];
  }

  start(): () => void {
    const stop = seat.hear((frame) => this.#take(frame));
    return () => {
      stop();
      clearTimeout(this.#asking);
      this.items = [];
      this.rows = {};
    };
  }

  /** True if it is one's own now. */
  async answer(offer: Offer, answer: 'accept' | 'decline'): Promise<boolean> {
    let taken = false;
    this.#drop(offer.id);
    try {
      await seat.api.answerOffer(offer.id, answer);
      taken = answer === 'accept';
      if (taken) route.open(offer.conversation);
    } catch (error) {
      const name = error instanceof Problem && error.code === 'offer.over' ? error.holder?.name : undefined;
      if (name) toast(t('offer.has', { name }), { tone: 'broken' });
      else complain(error);
    }
    this.#ask();
    return taken;
  }

  #take(frame: Frame) {
    if (frame.type === 'hello') this.#ask(0);
    if (frame.type === 'event' && frame.summary && this.rows[frame.summary.id]) this.rows = { ...this.rows, [frame.summary.id]: frame.summary };
    // What one has changes with what is one's own.
    if (frame.type === 'event' && frame.summary?.holder.id === seat.me?.id) this.#ask();
    if (frame.type !== 'signal') return;
    if (frame.kind === 'offer') this.#add(frame.offer);
    else if (frame.kind === 'offerGone') {
      const known = this.items.some((item) => item.id === frame.id);
      this.#drop(frame.id);
      if (known && frame.agent && frame.agent !== seat.me?.id) toast(t('offer.taken', { name: seat.agent(frame.agent)?.name ?? '–' }));
      this.#ask();
    }
  }

  #add(offer: Offer) {
    this.items = [...this.items.filter((item) => item.id !== offer.id), offer].sort((a, b) => a.until.localeCompare(b.until));
    void seat.api
      .conversation(offer.conversation)
      .then((row) => (this.rows = { ...this.rows, [row.id]: row }))
      // Over before it could be read: it goes by itself.
      .catch(() => undefined);
  }

  #drop(id: string) {
    this.items = this.items.filter((item) => item.id !== id);
  }

  /** A moment later, and once for all that happens until then. */
  #ask(after = 400) {
    clearTimeout(this.#asking);
    this.#asking = setTimeout(() => {
      void seat.api
        .offers()
        .then((mine) => {
          [this.load, this.capacity] = [mine.load, mine.capacity];
          for (const offer of mine.items) if (!this.rows[offer.conversation]) this.#add(offer);
          this.items = mine.items;
        })
        // Asked again with the next thing that happens.
        .catch(() => undefined);
    }, after);
  }
}

export const offers = new Offers();
