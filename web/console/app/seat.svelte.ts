import { AgentApi, Http, Problem, Stream, type AgentState, type Agent, type Counts, type Directory, type Frame, type Me, type StreamState, type Team } from '$client';
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { Pacing } from './pacing';

/** `more`: others come with it, so that what is drawn may wait for the last. */
type Heard = (frame: Frame, more: boolean) => void;

/** Who sits here, what company they keep, and the one line to the server. */
class Seat {
  standing = $state<'asking' | 'out' | 'in' | 'failed'>('asking');
  me = $state.raw<Me>();
  directory = $state.raw<Directory>();
  counts = $state.raw<Counts>({});
  line = $state<StreamState>('closed');
  /** The line has been away long enough to say so. */
  cut = $state(false);
  readonly presentContacts = new SvelteSet<string>();
  readonly agentStates = new SvelteMap<string, AgentState>();
  /** For what is asked by parts that are fetched later. */
  readonly http: Http;
  readonly api: AgentApi;
  /** With the progress of uploads, which the other cannot tell. */
  readonly files = AgentApi.over();
  stream: Stream | undefined;
  #heard = new Set<Heard>();
  readonly #pacing = new Pacing<Frame>((frame, more) => this.take(frame, more));
  /** When it was heard last what somebody is: an answer that was asked for before that is older. */
  #told = new Map<string, number>();
  #cutTimer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    // An answer of 401 to anything says that the session is over, wherever it was asked.
    const fetching: typeof fetch = async (input, init) => {
      const answer = await fetch(input, init);
      if (answer.status === 401 && this.standing === 'in') this.left();
      return answer;
    };
    this.http = new Http({ headers: { 'X-Parley': '1' }, fetch: fetching });
    this.api = new AgentApi(this.http);
    addEventListener('online', () => {
      this.stream?.nudge();
      // the network was away for a moment and the line never noticed
      if (this.line === 'live') this.cut = false;
    });
    addEventListener('offline', () => (this.cut = this.standing === 'in'));
    document.addEventListener('visibilitychange', () => document.hidden || this.stream?.nudge());
  }

  /** Takes the seat if the cookie still opens it. */
  async arrive() {
    this.standing = 'asking';
    try {
      // first alone: whoever is not signed in is asked to, without three refusals
      const me = await this.api.me();
      const asked = performance.now();
      const [directory, counts] = await Promise.all([this.api.directory(), this.api.counts()]);
      this.me = me;
      this.learn(directory, asked);
      this.counts = counts;
      this.standing = 'in';
      this.connect();
    } catch (error) {
      // With the line: else it would ask again, and take away the page on which somebody signs in.
      if (error instanceof Problem && error.status === 401) this.left();
      else this.standing = 'failed';
    }
  }

  async signIn(email: string, password: string) {
    await this.api.signIn(email, password);
    await this.arrive();
  }

  async signOut() {
    await this.api.signOut();
    this.left();
  }

  /** Learns anew who and what there is, after settings have changed it. */
  async refresh() {
    const asked = performance.now();
    const [me, directory] = await Promise.all([this.api.me(), this.api.directory()]);
    this.me = me;
    this.learn(directory, asked);
  }

  /** What they said last that they are, here; what comes otherwise the server found. */
  chosen: AgentState | undefined;

  async setState(state: AgentState) {
    const before = this.state;
    this.chosen = state;
    this.#become(state);
    try {
      await this.api.setState(state);
    } catch (error) {
      this.#become(before);
      throw error;
    }
  }

  /** As the server answers that one sits now. */
  sit(me: Me) {
    this.me = me;
    this.chosen = me.state;
    this.#sits(me.id, me.state);
  }

  get state(): AgentState {
    return (this.me && this.agentStates.get(this.me.id)) ?? this.me?.state ?? 'offline';
  }

  hear(heard: Heard): () => void {
    this.#heard.add(heard);
    return () => this.#heard.delete(heard);
  }

  /** Takes what has come and waits for its turn: an answer that is read now is newer. */
  settle() {
    this.#pacing.flush();
  }

  agent(id: string | undefined): Agent | undefined {
    return id ? this.directory?.agents.find((a) => a.id === id) : undefined;
  }

  team(id: string | undefined): Team | undefined {
    return id ? this.directory?.teams.find((team) => team.id === id) : undefined;
  }

  inbox(id: string | undefined) {
    return id ? this.directory?.inboxes.find((inbox) => inbox.id === id) : undefined;
  }

  /** May change settings of the workspace. */
  get governs(): boolean {
    return this.me?.role === 'owner' || this.me?.role === 'admin';
  }

  private learn(directory: Directory, asked: number) {
    const named = <N extends { name: string }>(all: N[]) => [...all].sort((a, b) => a.name.localeCompare(b.name));
    this.directory = { ...directory, agents: named(directory.agents), teams: named(directory.teams), inboxes: named(directory.inboxes) };
    for (const agent of directory.agents) if ((this.#told.get(agent.id) ?? -1) < asked) this.agentStates.set(agent.id, agent.state);
  }

  #sits(agent: string, state: AgentState) {
    this.#told.set(agent, performance.now());
    this.agentStates.set(agent, state);
  }

  #become(state: AgentState) {
    if (!this.me) return;
    const { pausedUntil: _, ...me } = this.me;
    this.me = { ...me, state };
    this.#sits(this.me.id, state);
  }

  private connect() {
    this.stream?.stop();
    this.stream = new Stream({ onFrame: (frame) => this.#come(frame), onState: (state) => this.moved(state) });
    this.stream.start();
  }

  /** What begins or ends the line is no news among others: what came before it goes first. */
  #come(frame: Frame) {
    this.#pacing.put(frame);
    if (frame.type === 'hello' || frame.type === 'gone' || frame.type === 'bye') this.#pacing.flush();
  }

  private take(frame: Frame, more: boolean) {
    // Who is what may have changed while the line was away, or since it was first read. Where it cannot be read now, the next hello asks again.
    if (frame.type === 'hello') void this.refresh().catch(() => undefined);
    else if (frame.type === 'counts') this.counts = { ...this.counts, ...frame.counts };
    else if (frame.type === 'signal' && frame.kind === 'presence') {
      if (frame.contact) this.presentContacts[frame.present ? 'add' : 'delete'](frame.contact);
      if (frame.agent) {
        // Somebody who was hired since the directory was read: without it they would be nobody in every thread.
        if (!this.#told.has(frame.agent) && !this.agent(frame.agent)) void this.refresh().catch(() => undefined);
        this.#sits(frame.agent, frame.present ? (frame.state ?? 'online') : 'offline');
      }
    } else if (frame.type === 'bye' && frame.reason === 'access') void this.arrive();
    for (const heard of this.#heard) heard(frame, more);
  }

  private moved(state: StreamState) {
    this.line = state;
    clearTimeout(this.#cutTimer);
    if (state === 'live') {
      this.cut = false;
      this.stream?.say({ type: 'attentive', on: !document.hidden });
    }
    // A moment without the line is nobody's business; the bar comes when it lasts.
    else if (state === 'waiting' || state === 'connecting') this.#cutTimer = setTimeout(() => (this.cut = this.standing === 'in'), 3_000);
  }

  private left() {
    this.stream?.stop();
    this.stream = undefined;
    this.#pacing.clear();
    this.me = undefined;
    this.directory = undefined;
    this.cut = false;
    this.presentContacts.clear();
    this.#told.clear();
    this.standing = 'out';
  }
}

export const seat = new Seat();
