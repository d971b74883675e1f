import {
  Outbox, SharedStream, alone, isNew, openStore, uuid7,
  type Entry, type Frame, type Id, type Item, type Job, type Mark, type QueueSignal, type PublicInbox, type StreamState, type Thread,
  type Done, type Visitor, type VisitorApi, type VisitorSession, type Attachment, type Content,
} from '$client';
import type { ToApp } from '../../shared/letters';
import { Identity } from './identity';
import { Keeping, joining } from './keeping';
import { read, write, type Page } from './page';
import { post, worded, type Opened } from './posting';
import { preview } from './previews';
import { OpenThread } from './thread.svelte';
import { Marks, badge, caught, heard, isWord, newestFirst, opened, seen } from './threadRows';

type Hello = Extract<ToApp, { kind: 'hello' }>;

const wantsSound = () => read('parley:sound') === undefined;

/** All that the widget knows and does: the visitor, their threads, the one that is open, what is on its way. */
export class Messenger {
  inbox = $state.raw<PublicInbox>();
  visitor = $state.raw<Visitor>();
  threads = $state.raw<readonly Thread[]>([]);
  current = $state.raw<OpenThread>();
  jobs = $state.raw<readonly Job[]>([]);
  /** The list is known, from the server or from last time. */
  loaded = $state.raw(false);
  failed = $state.raw(false);
  /** Why something was just refused: said for a moment. */
  refused = $state.raw('');
  sound = $state.raw(wantsSound());
  link = $state.raw<StreamState>('connecting');
  /** Back to the thread of the page before, which is not there yet. */
  returning = $state.raw(false);
  /** The path of the page around. */
  place = $state.raw('');
  /** What was last said of the visitor's place in a queue. */
  queue = $state.raw<QueueSignal>();
  /** The panel is open in the page around. */
  open = $state.raw(false);
  unread = $derived(this.threads.reduce((sum, thread) => sum + thread.unread, 0));
  #identity!: Identity;
  #keeping!: Keeping;
  #outbox!: Outbox;
  #stream: SharedStream | undefined;
  #ending = false;
  /** The thread that was asked for before it was known whose. */
  #wanted: Id | undefined;
  /** Entries counted already: an answer of our own may overtake what the stream still brings. */
  readonly #counted = new Set<string>();
  readonly #marks = new Marks();

  constructor(readonly id: Id, readonly page: Page, readonly said = '', readonly languages: readonly string[] = []) {}

  /** Languages, the dearest first: what the visitor is spoken to in, as far as is known. */
  get wanted(): string[] {
    return [this.visitor?.language ?? '', ...this.languages];
  }

  get api(): VisitorApi {
    return this.#identity.api;
  }

  /** True while somebody can see the panel. */
  get attentive(): boolean {
    return this.open && document.visibilityState === 'visible';
  }

  /** Before anything else: what the page says may follow its hello at once. */
  async prepare(): Promise<void> {
    const store = await openStore(`parley:${this.id}`);
    this.#keeping = new Keeping(store, this.id);
    this.#outbox = new Outbox({
      store, alone,
      carrier: { post: (job, content) => post(this.api, job, content, this.#opened), upload: (file, name, progress) => this.api.upload(file, name, progress) },
      onChange: (jobs) => this.#sending(jobs), onSent: (entry, job) => this.#sent(entry, job),
    });
  }

  /** Shows what was kept if it is this visitor's, then asks the server. */
  async start({ open, conversation, resume, identity, page, consent }: Hello): Promise<void> {
    this.open = open;
    this.#wanted = conversation;
    this.place = new URL(page.url).pathname;
    this.#identity = new Identity({ inbox: this.id, resume, identity, page, consent, said: this.said, locale: this.languages[0] }, (session) => this.#welcome(session), () => this.#lapse());
    // Asked for again: if somebody else has come meanwhile, nothing is left of what was looked at.
    this.returning = !!this.#last;
    const who = await this.#keeping.who();
    if (who && resume && who.resume === resume && !identity) await this.#recall(who.inbox, who.visitor);
    if (this.visitor) this.show(this.#last);
    await this.connect();
    if (!this.current) this.show(this.#last);
  }

  /** Asks for a session until there is one. */
  async connect(): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        await this.#identity.token(false);
        return;
      } catch {
        this.failed = true;
        await new Promise((resolve) => setTimeout(resolve, Math.min(30_000, 1_000 * 2 ** attempt)));
      }
    }
  }

  async identify(identity: string): Promise<void> {
    await this.#identity.identify(identity).catch(() => this.connect());
  }

  /** Tried once: the next session says it again. */
  async consent(yes: boolean): Promise<void> {
    await this.#identity.consent(yes).catch(() => undefined);
  }

  /** Where they are now; the server notes it of who agreed. */
  went = (page: Hello['page']): void => (this.#identity?.went(page), void (this.place = new URL(page.url).pathname));

  /** Signs the visitor out everywhere and leaves nothing here. What is not out by now is said by nobody: it would be a stranger's word. */
  async shutdown(): Promise<void> {
    this.#ending = this.#identity.leaving = true;
    this.#outbox.stop();
    try {
      await this.api.endSession();
    } finally {
      await this.#forget();
      this.page.tell({ kind: 'ended' });
    }
  }

  /** The visitor wants nothing of themselves left on this device: the page around forgets, and then tells us to. */
  vanish = (): void => this.page.tell({ kind: 'shutdown' });

  /** Closes the panel; the page around does it. */
  leave = (): void => this.page.tell({ kind: 'close' });

  // ---- what the visitor does

  show(id: Id | undefined): void {
    // Before anybody is there to show it to it waits: they will be in a moment.
    if (id) this.#wanted = this.visitor ? undefined : id;
    this.returning = !!this.#wanted;
    write(this.#viewKey, id && !isNew(id) ? id : undefined, 'sessionStorage');
    if (!id || !this.visitor) this.current = undefined;
    else if (this.current?.id !== id) this.current = this.#openThread(id);
  }

  startNew(): void {
    this.show(`new:${uuid7()}`);
  }

  send = (text: string, attachments: Attachment[], quote?: number): Promise<void> => this.say(worded(text, attachments, quote), undefined, attachments);

  /** Says what is more than words: the answer to a question, a form. */
  say(content: Omit<Content, 'files'>, of?: number, attachments: Attachment[] = []): Promise<void> {
    return this.#outbox.send({ clientId: uuid7(), kind: 'message', conversation: this.current!.id, content, attachments, at: Date.now(), ...(of ? { of } : {}) });
  }

  retry(item: Item): void {
    this.#outbox.retry(item.job!.clientId);
  }

  discard = (item: Item): Promise<void> => this.#outbox.discard(item.job!.clientId);

  edit(item: Item, text: string): Promise<void> {
    return this.#do(this.api.edit(item.entry.conversation, item.seq, { clientId: uuid7(), content: { type: 'text', text } }));
  }

  remove(item: Item): Promise<void> {
    return this.#do(this.api.remove(item.entry.conversation, item.seq));
  }

  react(item: Item, emoji: string): Promise<void> {
    const mine = item.reactions.some((reaction) => reaction.emoji === emoji && reaction.mine);
    return this.#do(this.api.react(item.entry.conversation, item.seq, emoji, !mine));
  }

  /** Does what was asked for; a refusal is said where everybody sees it, with the reason where that is known. */
  act(what: () => Promise<unknown>): void {
    what().catch((error: { code?: string }) => import('../thread/refusals').then(({ refuse }) => refuse(this, error.code)));
  }

  typing(on: boolean, text?: string): void {
    const conversation = this.current?.id;
    if (conversation && !isNew(conversation)) this.#stream?.say({ type: 'typing', conversation, on, ...(text && { text }) });
  }

  /** The visitor has an entry before their eyes. */
  async see(seq: number): Promise<void> {
    const thread = this.current;
    if (!thread || !this.attentive) return;
    const row = this.threads.find((other) => other.id === thread.id);
    if (!row || seq <= row.seen) return;
    this.#change(thread.id, (old) => seen(old, seq));
    await thread.see(seq);
  }

  toggleSound(): void {
    this.sound = !this.sound;
    write('parley:sound', this.sound ? undefined : 'off');
  }

  attend(): void {
    this.#stream?.say({ type: 'attentive', on: this.attentive });
  }

  nudge(): void {
    this.#stream?.nudge();
    this.#outbox?.flush(true);
  }

  // ---- who the visitor is

  async #recall(inbox: PublicInbox, visitor: Visitor): Promise<void> {
    this.inbox = inbox;
    this.visitor = visitor;
    const threads = await this.#keeping.threads();
    if (!threads) return;
    this.threads = threads;
    this.loaded = true;
    await this.#outbox.load();
  }

  /** A session: the first, a renewed one, or that of somebody else. */
  async #welcome(session: VisitorSession): Promise<void> {
    if (this.#ending) return;
    const before = (await this.#keeping.who())?.visitor;
    const other = before && before.id !== session.visitor.id;
    // Nothing of one person is left for another. Only whoever was nobody a moment ago and is now vouched for goes on with what they wrote.
    // On a page that was loaded anew it stands in the session, not yet on the screen.
    const shown = this.current?.id ?? this.#last;
    const same = other && !before.verified && session.visitor.verified;
    if (other) await this.#forget(same ? Date.now() - joining : Infinity);
    const moved = this.visitor?.id !== session.visitor.id;
    this.inbox = session.inbox;
    this.visitor = session.visitor;
    this.refused = '';
    this.#keeping.keepWho(session);
    this.page.tell({ kind: 'keep', resume: session.resume });
    if (!this.#stream || moved) this.#listen(session.visitor.id);
    await this.#refresh();
    await this.#outbox.load();
    if (this.threads.some((thread) => thread.id === shown)) this.show(shown);
  }

  /** Nothing is shown of who may have left; what they wrote stays where it is. */
  #lapse(): void {
    this.#stream?.stop();
    this.#stream = this.current = undefined;
    this.visitor = { id: this.visitor!.id, verified: true };
    this.threads = [];
    this.loaded = false;
    this.page.tell({ kind: 'event', name: 'identity' });
    void import('../thread/refusals').then(({ lapsed }) => lapsed(this));
  }

  /** Leaves nothing here but what is being written, and messages on their way that were written since then. */
  async #forget(since = Infinity): Promise<void> {
    this.#stream?.stop();
    this.#stream = undefined;
    for (const job of this.#outbox.jobs) if (job.at < since) await this.#outbox.discard(job.clientId);
    await this.#keeping.forget(this.#outbox.jobs, since === Infinity);
    this.show(undefined);
    this.threads = [];
    this.loaded = false;
  }

  // ---- what the server says

  #listen(visitor: Id): void {
    this.#stream?.stop();
    this.#stream = new SharedStream({
      name: `parley:${this.id}:${visitor}`,
      token: this.#identity.token,
      onFrame: (frame) => this.#frame(frame),
      onState: (state) => {
        if (state === 'live' && this.link !== 'live') this.#back();
        this.link = state;
      },
    });
    this.#stream.start();
  }

  /** The line is there, perhaps again: whatever waited goes out. What was missed comes by itself, after the cursor. */
  #back(): void {
    this.attend();
    this.#outbox.flush(true);
    if (this.failed || this.current?.problem) void this.#anew();
  }

  #anew = () => this.#refresh().then(() => this.current?.load());

  #frame(frame: Frame): void {
    if (frame.type === 'event' && frame.entry) this.#hear(frame.entry, true);
    else if (frame.type === 'mark') this.#mark(frame);
    else if (frame.type === 'signal' && frame.kind === 'typing') this.current?.signal(frame);
    else if (frame.type === 'signal' && frame.kind === 'queue') this.queue = frame;
    else if (frame.type === 'signal' && frame.kind === 'availability') this.inbox = { ...this.inbox!, availability: frame.availability };
    else if (frame.type === 'gone') void this.#keeping.forget(this.jobs, false).then(() => (this.threads = [])).then(() => this.#anew());
  }

  async #do(command: Done): Promise<void> {
    for (const entry of (await command).entries) if (entry.visibility === 'public') this.#hear(entry);
  }

  #hear(entry: Entry, live = false): void {
    const known = this.threads.find((thread) => thread.id === entry.conversation);
    if (entry.conversation === this.current?.id) this.current.add([entry]);
    // A list that does not know of it yet would never say so.
    if (!known) return void this.#refresh().then(() => this.threads.some((it) => it.id === entry.conversation && it.lastSeq < entry.seq) && this.#hear(entry, live));
    const name = `${entry.conversation}:${entry.seq}`;
    if (this.#counted.has(name) || entry.seq <= (live ? known.seen : known.lastSeq)) return;
    this.#counted.add(name);
    this.#change(known.id, (row) => heard(row, entry, preview(entry)));
    if (!live || !isWord(entry) || entry.author.kind === 'contact') return;
    if (!this.attentive || this.current?.id !== entry.conversation) this.#ring(name);
    this.page.tell({ kind: 'event', name: 'message', detail: { conversation: entry.conversation, from: entry.author.name } });
  }

  /** Whoever asked for silence asked it of all tabs. */
  #ring(name: string): void {
    if ((this.sound = wantsSound())) void import('./sound').then(({ ring }) => ring(name));
  }

  #mark(mark: Mark): void {
    this.#marks.keep(mark);
    if (mark.conversation === this.current?.id) this.current.mark(mark);
    if (mark.kind === 'seen' && mark.participant.kind === 'contact') this.#change(mark.conversation, (row) => seen(row, mark.seq));
  }

  async #refresh(): Promise<void> {
    try {
      const list = await this.api.threads();
      this.#arrange(caught(this.threads, list));
      this.loaded = true;
      this.failed = false;
    } catch {
      this.failed = true;
    }
  }

  #change(id: Id, change: (old: Thread) => Thread): void {
    this.#arrange(this.threads.map((thread) => (thread.id === id ? change(thread) : thread)));
  }

  #arrange(threads: readonly Thread[]): void {
    this.threads = newestFirst(threads);
    this.#keeping.keepThreads(this.threads);
    this.page.tell({ kind: 'unread', ...badge(this.threads) });
    const { resume } = this.#identity;
    if (resume) this.page.tell({ kind: 'keep', resume, threads: threads.length > 0, going: threads.some((it) => it.unread || (it.status !== 'closed' && it.mode !== 'ended')) });
  }

  // ---- what is on its way

  #opened = (conversation: Opened, entry: Entry): void => {
    if (!this.threads.some((thread) => thread.id === conversation.id)) this.#arrange([opened(conversation, entry, preview(entry)), ...this.threads]);
  };

  #sent(entry: Entry, job: Job): void {
    if (job.conversation !== entry.conversation && this.current?.id === job.conversation) {
      const moved = this.#openThread(entry.conversation);
      moved.add([entry]);
      this.current = moved;
      write(this.#viewKey, moved.id, 'sessionStorage');
    }
    this.#hear(entry);
  }

  #sending(jobs: readonly Job[]): void {
    this.jobs = jobs;
    this.current?.sending(jobs);
  }

  #openThread(id: Id): OpenThread {
    const { name, id: visitor } = this.visitor!;
    const row = this.threads.find((thread) => thread.id === id);
    const thread = new OpenThread(id, row?.unread ? row.seen : Infinity, {
      api: this.api,
      // In strict live nothing stays: what would be shown for a moment on the next page may be over by then.
      keeping: this.inbox!.profile === 'strictLive' ? undefined : this.#keeping,
      viewer: { side: 'visitor', id: visitor, ...(name ? { name } : {}) },
    });
    for (const mark of this.#marks.of(id)) thread.mark(mark);
    thread.sending(this.jobs);
    void thread.load();
    return thread;
  }

  /** What was asked for, or was shown on the page before. */
  get #last(): Id | undefined {
    return this.#wanted ?? read(this.#viewKey, 'sessionStorage');
  }

  get #viewKey(): string {
    return `parley:view:${this.id}`;
  }
}
