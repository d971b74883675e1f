import { SupervisionApi, type Frame } from '$client';
import { seat } from '../../app/seat.svelte';
import { nothing, told, type Floor } from './floor';

export const supervisionApi = new SupervisionApi(seat.http);

/** How it stands, as long as somebody looks: the line tells it at once and whenever it is different. */
class Supervision {
  floor = $state.raw<Floor>(nothing);
  known = $state(false);
  /** Whose conversations are unfolded, also after a look into one of them on a narrow screen. */
  opened = $state<Record<string, boolean>>({});
  #told = false;

  look(): () => void {
    const stop = seat.hear((frame) => this.#take(frame));
    seat.stream?.stand('supervise', () => ({ type: 'supervise' }));
    // A line that only hears cannot ask for it: then it is looked at again and again.
    this.#told = false;
    const again = setInterval(() => !this.#told && !document.hidden && void this.#ask(), 4_000);
    return () => {
      stop();
      clearInterval(again);
      seat.stream?.withdraw('supervise', { type: 'supervise', on: false });
      this.known = false;
    };
  }

  async #ask() {
    const view = await supervisionApi.now().catch(() => undefined);
    if (view && !this.#told) [this.floor, this.known] = [told(this.floor, view), true];
  }

  #take(frame: Frame) {
    if (frame.type !== 'signal' || frame.kind !== 'supervision') return;
    if (!frame.supervision.whole && !this.known) return;
    this.floor = told(this.floor, frame.supervision);
    [this.known, this.#told] = [true, true];
  }
}

export const supervision = new Supervision();
