import { once, type AgentState, type Entry, type Frame, type NudgeSignal, type PresenceSignal, type Summary } from '$client';
import { called } from '../../app/called';
import { preferences } from '../../app/preferences.svelte';
import { route } from '../../app/route.svelte';
import { seat } from '../../app/seat.svelte';
import { t } from '../../app/texts.svelte';
import { announced, attention, current } from '../conversations';
import { chime } from './chime';
import { Input } from './input';
import { watchLock } from './lock';
import { complain } from '../../app/refusals';
import { toast } from '$kit/parts/toasts.svelte';

/** What comes within so many milliseconds sounds once. */
const breath = 1_500;

/**
 * What draws attention: a sound, a notification of the browser, a number in the title. Only words of a customer or a colleague do,
 * never a fact of the system; and not what somebody is looking at.
 */
class Notices {
  unseen = $state(0);
  /** The newest message that was made known, by conversation: a row that changes for another reason is no news. */
  #known = new Map<string, number>();
  #waiting = 0;
  #rang = 0;
  #state: AgentState | undefined;

  start(): () => void {
    this.#waiting = seat.counts['unassigned'] ?? 0;
    this.#state = seat.state;
    const stop = seat.hear((frame) => this.#take(frame));
    const signs = new Input(Date.now, () => {
      // A line that only hears cannot carry it.
      if (!seat.stream?.say({ type: 'input' })) void seat.api.input().catch(() => undefined);
    });
    const input = () => signs.sign();
    for (const event of ['pointermove', 'keydown', 'wheel', 'touchstart']) addEventListener(event, input, { passive: true });
    const looked = $effect.root(() => {
      $effect(() => {
        if (attention.on) this.unseen = 0;
      });
      $effect(() => {
        if (!preferences.get('locked')) return;
        return watchLock(() => {
          if (!seat.stream?.say({ type: 'input', locked: true })) void seat.setState('away').catch(() => undefined);
        });
      });
    });
    return () => {
      stop();
      looked();
      for (const event of ['pointermove', 'keydown', 'wheel', 'touchstart']) removeEventListener(event, input);
    };
  }

  #take(frame: Frame) {
    if (frame.type === 'event' && frame.summary) this.#row(frame.summary);
    else if (frame.type === 'event' && frame.entry) this.#spoken(frame.entry);
    else if (frame.type === 'signal' && frame.kind === 'presence' && frame.agent && frame.agent === seat.me?.id) this.#sat(frame);
    else if (frame.type === 'signal' && frame.kind === 'nudge') this.#nudged(frame);
    else if (frame.type === 'counts' && frame.counts['unassigned'] !== undefined) this.#queue(frame.counts['unassigned']);
  }

  /** The server found nobody in the chair: they are told, and one press takes it back. Who chose it themselves is shown it already. */
  #sat(frame: PresenceSignal) {
    const before = this.#state;
    this.#state = frame.state ?? before;
    if (frame.state !== 'away' || (before !== 'online' && before !== 'busy') || seat.chosen === 'away') return;
    toast(t('away.idle'), { action: { name: t('action.state.online'), perform: () => void seat.setState('online').catch(complain) } });
  }

  /** Whoever has the thread before them needs no word about it. */
  #nudged(frame: NudgeSignal) {
    if (attention.on && route.conversation === frame.conversation) return;
    this.#ring();
    toast(t(frame.passed ? 'nudge.passed' : frame.broken ? 'nudge.broken' : 'nudge.owed'), { action: { name: t('nudge.open'), perform: () => route.open(frame.conversation) } });
  }

  #row(row: Summary) {
    const before = this.#known.get(row.id);
    this.#known.set(row.id, Math.max(before ?? 0, row.lastMessageSeq));
    const fresh = before === undefined ? Date.now() - Date.parse(row.lastEntryAt) < 20_000 : row.lastMessageSeq > before;
    if (!fresh || row.preview?.author.kind !== 'contact' || row.preview.type !== 'message') return;
    if (row.holder.kind === 'agent' && row.holder.id !== seat.me?.id && !row.followers?.includes(seat.me?.id ?? '')) return;
    const looking = attention.on && route.conversation === row.id;
    if (looking) return;
    this.#tell(row.id, called(row.contact), row.preview.text, row.lastMessageSeq);
  }

  #spoken(entry: Entry) {
    if (entry.type !== 'message' || entry.author.kind !== 'contact' || current.it?.id !== entry.conversation) return;
    // What comes before one's eyes is known, also where its row comes after one has looked away.
    if (attention.on && route.conversation === entry.conversation) this.#known.set(entry.conversation, Math.max(this.#known.get(entry.conversation) ?? 0, entry.seq));
    const name = called(current.it.summary?.contact);
    announced.say(t('announce', { name, text: entry.content?.text ?? t('file') }), (count) => t('thread.below', { count }));
  }

  #queue(count: number) {
    if (count > this.#waiting && !attention.on) this.#ring();
    this.#waiting = count;
  }

  #tell(id: string, name: string, text: string, seq: number) {
    this.#ring();
    if (attention.on) return;
    this.unseen++;
    if (!preferences.get('notices') || Notification.permission !== 'granted') return;
    void once(`notice:${id}:${seq}`, () => {
      const notice = new Notification(name, { body: text.slice(0, 160), tag: id });
      notice.onclick = () => {
        window.focus();
        route.open(id);
        notice.close();
      };
    });
  }

  /**
   * One sound for all tabs, and for all that comes at a time: a new conversation is told twice, by its row and, a moment later, by the number
   * of those that wait. Where the browser has no locks, this tab at least keeps count of itself.
   */
  #ring() {
    if (!preferences.get('sound') || Date.now() - this.#rang < breath) return;
    void once('sound', () => ((this.#rang = Date.now()), chime()), breath);
  }
}

export const notices = new Notices();
