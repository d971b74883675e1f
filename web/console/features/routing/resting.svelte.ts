import { clock } from '../../app/clock.svelte';
import { complain } from '../../app/refusals';
import { seat } from '../../app/seat.svelte';

const minutes = 5;

/** Five minutes without anything new: what one presses, and how much of it is left. */
class Resting {
  #now = $state(Date.now());

  /** When one is asked again; nothing where one has no pause. */
  get until(): number | undefined {
    const until = seat.state === 'busy' && seat.me?.pausedUntil ? Date.parse(seat.me.pausedUntil) : NaN;
    return until > Math.max(this.#now, clock.now) ? until : undefined;
  }

  /** 4:32 */
  get left(): string {
    const seconds = Math.ceil(((this.until ?? this.#now) - this.#now) / 1_000);
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  }

  /** While it is shown it counts. */
  count(): () => void {
    this.#now = Date.now();
    const ticking = setInterval(() => (this.#now = Date.now()), 1_000);
    return () => clearInterval(ticking);
  }

  begin = () => void this.#do(seat.http.call('PUT', '/v1/me/pause', { body: { minutes } }));
  end = () => void this.#do(seat.http.call('DELETE', '/v1/me/pause'));

  #do = (asking: Promise<unknown>) => asking.then((me) => seat.sit(me as NonNullable<typeof seat.me>), complain);
}

export const resting = new Resting();
