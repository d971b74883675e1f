import type { Channel, Checklist, Frame, Mails } from '$client';
import { seat } from '../../app/seat.svelte';

/** What those who administer look after: the first steps that are left, mails that nobody takes, and channels that do not work. Always what the server says. */
class Care {
  checklist = $state.raw<Checklist>();
  mails = $state.raw<Mails>();
  /** Channels that send nothing, or that nothing is fetched from, until somebody mends them. */
  broken = $state.raw<readonly Channel[]>([]);
  #asked = 0;
  #looking = false;
  #later: ReturnType<typeof setTimeout> | undefined;

  /** The list as long as it is of use: put away or done, it is gone. */
  get steps(): Checklist | undefined {
    return this.checklist && !this.checklist.away && this.left > 0 ? this.checklist : undefined;
  }

  get left(): number {
    return this.checklist?.items.filter((item) => !item.done).length ?? 0;
  }

  /** Mails that somebody waits for in vain. */
  get stuck(): boolean {
    return (this.mails?.waiting ?? 0) + (this.mails?.givenUp ?? 0) > 0;
  }

  async learn() {
    clearTimeout(this.#later);
    this.#later = undefined;
    this.#asked = Date.now();
    try {
      const [checklist, mails, channels] = await Promise.all([seat.api.checklist(), seat.api.mails(), seat.http.get<{ items: Channel[] }>('/v1/channels').catch(() => undefined)]);
      // Whoever asked may have left meanwhile: the next one at this screen must not see it.
      if (this.#looking) {
        [this.checklist, this.mails] = [checklist, mails];
        if (channels) this.channels(channels.items);
      }
    } catch {
      // The network is away for a moment: what was known stays, and the next occasion asks again.
    }
  }

  /** How it stands with them, whoever asked. */
  channels(all: readonly Channel[]) {
    this.broken = all.filter((channel) => channel.state === 'broken');
  }

  /** Begins looking, for as long as somebody who administers sits here. */
  start(): () => void {
    this.#looking = true;
    void this.learn();
    const patience = () => (this.steps ? 500 : 60_000);
    // Something was written, somebody came: perhaps a step is done. Many such moments are one question.
    const soon = () => {
      this.#later ??= setTimeout(() => void this.learn(), Math.max(200, this.#asked + patience() - Date.now()));
    };
    const unhear = seat.hear((frame: Frame) => {
      if (frame.type === 'hello' || frame.type === 'counts') soon();
    });
    const back = () => !document.hidden && soon();
    document.addEventListener('visibilitychange', back);
    // A site that calls is told by nothing, and a question may have been lost on its way: while steps are left it is asked again and again.
    const timer = setInterval(() => !document.hidden && Date.now() - this.#asked > (this.steps ? 9_000 : 120_000) && void this.learn(), 10_000);
    return () => {
      this.#looking = false;
      unhear();
      document.removeEventListener('visibilitychange', back);
      clearInterval(timer);
      clearTimeout(this.#later);
      this.#later = undefined;
      this.checklist = this.mails = undefined;
      this.broken = [];
    };
  }

  async put(away: boolean) {
    await seat.api.putChecklist(away);
    await this.learn();
  }
}

export const care = new Care();
