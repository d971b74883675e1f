import { SvelteMap } from 'svelte/reactivity';
import type { CompanySignal, Frame, Id } from '$client';
import { seat } from '../../app/seat.svelte';
import { answeredSince } from './over';
import { slots } from './slots.svelte';
import { stage } from './stage';

type Colleague = CompanySignal['agents'][number];

/** Who else looks at conversations and writes there, and what is not sent over them unseen. */
class Company {
  readonly #of = new SvelteMap<Id, readonly Colleague[]>();
  /** Why words were not sent: who answered since they were begun, or writes an answer just now. */
  warned = $state.raw<{ conversation: Id; name: string; text?: string | undefined }>();
  #rows = '';

  start(): () => void {
    slots.over = (conversation, begun) => this.over(conversation, begun);
    this.tell(true);
    const ends = seat.hear((frame) => this.#take(frame));
    const ticks = setInterval(() => this.tell(), 1_000);
    return () => {
      ends();
      clearInterval(ticks);
      this.#of.clear();
    };
  }

  /** Colleagues, without oneself. */
  with(conversation: Id): readonly Colleague[] {
    return (this.#of.get(conversation) ?? []).filter((one) => one.id !== seat.me?.id);
  }

  /** True where words would go over a colleague's and it was not said yet; said, they go with the next press. */
  over(conversation: Id, begun: number): boolean {
    if (this.warned?.conversation === conversation) {
      this.warned = undefined;
      return false;
    }
    const it = stage.current.it;
    const entries = it?.id === conversation ? it.items.map((item) => item.entry) : [];
    const answer = answeredSince(entries, begun, seat.me?.id ?? '');
    const writes = this.with(conversation).find((one) => one.typing === 'reply');
    if (!answer && !writes) return false;
    const name = answer ? (answer.author.name ?? seat.agent(answer.author.id)?.name) : seat.agent(writes?.id)?.name;
    this.warned = { conversation, name: name ?? '–', text: answer ? ('content' in answer ? (answer.content?.text ?? '') : '') : undefined };
    return true;
  }

  /** Of which rows on the screen one wants to be told. */
  tell(anew = false) {
    const ids = [...document.querySelectorAll<HTMLElement>('a.row[data-id]')].map((row) => row.dataset['id']!);
    const key = ids.join();
    if ((key === this.#rows && !anew) || !seat.stream?.say({ type: 'rows', conversations: ids })) return;
    this.#rows = key;
  }

  #take(frame: Frame) {
    if (frame.type === 'hello') {
      this.#of.clear();
      this.tell(true);
    } else if (frame.type === 'signal' && frame.kind === 'company') {
      if (frame.agents.length) this.#of.set(frame.conversation, frame.agents);
      else this.#of.delete(frame.conversation);
    }
  }
}

export const company = new Company();
