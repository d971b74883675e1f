import CircleCheck from '@lucide/svelte/icons/circle-check';
import MessagesSquare from '@lucide/svelte/icons/messages-square';
import { uuid7, type Entry, type EntryOf, type Id } from '$client';
import type { Action } from '../../app/actions.svelte';
import { complain } from '../../app/refusals';
import { seat } from '../../app/seat.svelte';
import { t } from '../../app/texts.svelte';
import { teamApi } from './api';
import { gathered, type Aside } from './gathered';
import { stage } from './stage';

/** What colleagues say beside the customer's thread that is on the screen. */
class Asides {
  #entries = $state.raw<readonly Entry[]>([]);
  #of: Id | undefined;
  /** Who is about to be asked. */
  asking = $state.raw<{ conversation: Id; agents: Id[]; teams: Id[] }>();
  readonly all: readonly Aside[] = $derived(gathered(this.#entries));

  start(): () => void {
    return seat.hear((frame) => {
      if (frame.type === 'event' && frame.entry && frame.entry.conversation === this.#of) this.add([frame.entry]);
      else if (frame.type === 'hello' && this.#of) void this.load(this.#of);
    });
  }

  async load(conversation: Id) {
    if (this.#of !== conversation) this.#entries = [];
    this.#of = conversation;
    const entries = await teamApi.asides(conversation).catch(() => []);
    if (this.#of === conversation) this.add(entries);
  }

  add(entries: readonly Entry[]) {
    const fresh = entries.filter((entry) => entry.type.startsWith('consult') && !this.#entries.some((known) => known.seq === entry.seq));
    if (fresh.length) this.#entries = [...this.#entries, ...fresh].sort((a, b) => a.seq - b.seq);
  }

  async ask(text: string, waits: boolean): Promise<boolean> {
    const { asking } = this;
    if (!asking) return false;
    const done = await this.#do(teamApi.ask(asking.conversation, { clientId: uuid7(), text, agents: asking.agents, teams: asking.teams, waits }));
    if (done) this.asking = undefined;
    return done;
  }

  say(aside: Aside, text: string): Promise<boolean> {
    return this.#do(teamApi.sayAside(aside.conversation, aside.seq, { clientId: uuid7(), text }));
  }

  settle(aside: Aside): Promise<boolean> {
    return this.#do(teamApi.settleAside(aside.conversation, aside.seq));
  }

  async #do(wish: Promise<{ entries: Entry[] }>): Promise<boolean> {
    try {
      const { entries } = await wish;
      this.add(entries);
      const { it } = stage.current;
      if (it && entries[0]?.conversation === it.id) it.add(entries);
      return true;
    } catch (error) {
      complain(error);
      return false;
    }
  }
}

export const asides = new Asides();

export const namesOf = ({ agents, teams }: Pick<Partial<EntryOf<'consulted'>>, 'agents' | 'teams'>): string =>
  [...(agents ?? []).map((id) => seat.agent(id)?.name ?? '–'), ...(teams ?? []).map((id) => seat.team(id)?.name ?? '–')].join(', ');

/** The last that is not settled: what keys mean. */
const open = () => asides.all.findLast((aside) => aside.conversation === stage.current.it?.id && !aside.settled);

function answer() {
  const field = [...document.querySelectorAll<HTMLTextAreaElement>('details.aside:not(.settled) textarea')].at(-1);
  if (!field) return;
  field.closest('details')!.open = true;
  field.focus();
}

export const askingActions: Action[] = [
  { id: 'aside.answer', group: 'conversation', icon: MessagesSquare, name: () => t('action.aside.answer'), words: () => t('words.ask'), shortcuts: ['shift+q'], when: () => open() !== undefined, perform: answer },
  {
    id: 'aside.settle',
    group: 'conversation',
    icon: CircleCheck,
    name: () => t('action.aside.settle'),
    words: () => t('words.ask'),
    when: () => open() !== undefined,
    perform: () => {
      const aside = open();
      if (aside) void asides.settle(aside);
    },
  },
  {
    id: 'ask',
    group: 'conversation',
    icon: MessagesSquare,
    name: () => t('action.ask'),
    words: () => t('words.ask'),
    shortcuts: ['q'],
    when: () => stage.current.it?.summary !== undefined,
    choose: {
      placeholder: () => t('ask.placeholder'),
      options: () => [
        ...(seat.directory?.agents ?? []).filter((agent) => agent.active && agent.id !== seat.me?.id).map((agent) => ({ id: `agent=${agent.id}`, name: agent.name, words: agent.email, person: { id: agent.id, name: agent.name, picture: agent.picture } })),
        ...(seat.directory?.teams ?? []).map((team) => ({ id: `team=${team.id}`, name: team.name, icon: MessagesSquare })),
      ],
      pick: (id) => {
        const [kind, who] = id.split('=') as [string, Id];
        const { it } = stage.current;
        if (it) asides.asking = { conversation: it.id, agents: kind === 'agent' ? [who] : [], teams: kind === 'team' ? [who] : [] };
      },
    },
  },
];
