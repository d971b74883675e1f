import { backoff } from './backoff';
import { Problem, type FieldFlaw } from './problem';
import type { Store } from './store';
import type { Content, Entry, Id, Sending, StoredFile } from './types';

export interface Attachment {
  name: string;
  mime: string;
  size: number;
  width?: number;
  height?: number;
  /** Kept until it is uploaded; `id` from then on. */
  blob?: Blob;
  id?: Id;
  /** An address for showing it now; not stored. */
  preview?: string;
}

/** A message or note on its way. Its `clientId` makes every attempt the same command. */
export interface Job {
  clientId: string;
  kind: 'message' | 'note';
  /** The conversation, or the name of one that this or an earlier job opens: `new:…`. */
  conversation: Id;
  content: Omit<Content, 'files'>;
  /** The question that this answers. */
  of?: number;
  attachments: Attachment[];
  at: number;
  state: 'sending' | 'failed';
  attempts: number;
  /** Why the last attempt did not succeed: `network` and the like pass by themselves. */
  problem?: { code: string; message: string; errors?: FieldFlaw[] };
  /** Sent at this time. */
  due?: string;
  /** Sent after so many seconds, in which it can be taken back. */
  undo?: number;
  /** Nobody had the conversation when this was written: should somebody be first, it is not sent. */
  unheld?: true;
  /** What was before whoever wrote: over a colleague's answer after it nothing is sent unseen. */
  seen?: number;
  /** 0..1 of the files uploaded; not stored. */
  progress?: number;
}

export interface Carrier {
  /** The conversation of the answer differs from the job's when the job opened one. */
  post(job: Job, content: Sending): Promise<Entry>;
  upload?(file: Blob, name: string, progress: (share: number) => void): Promise<StoredFile>;
}

export interface OutboxOptions {
  store: Store;
  carrier: Carrier;
  onChange: (jobs: readonly Job[]) => void;
  onSent?: (entry: Entry, job: Job) => void;
  random?: () => number;
  /** Runs `task` when no other tab runs one of this name, and not at all when one does. */
  alone?: (name: string, task: () => Promise<void>) => Promise<void>;
}

export const isNew = (conversation: Id): boolean => conversation.startsWith('new:');

/**
 * What was written and is not yet acknowledged: first stored, then sent, in order within a conversation, until the server has it or
 * refuses it for good. Survives reloads; what the network swallowed is sent again under the same id.
 */
export class Outbox {
  jobs: readonly Job[] = [];
  readonly #busy = new Set<Id>();
  readonly #timers = new Map<Id, ReturnType<typeof setTimeout>>();
  /** Not on disk yet, so not missing there either. */
  readonly #unkept = new Set<string>();
  #stopped = false;

  readonly #options: OutboxOptions;

  constructor(options: OutboxOptions) {
    this.#options = options;}

  /** Takes up what an earlier page, or another tab, left behind. */
  async load(): Promise<void> {
    const stored = await this.#options.store.list<Job>('outbox/');
    const known = new Map(this.jobs.map((job) => [job.clientId, job]));
    const kept = new Set(stored.map((job) => job.clientId));
    const jobs = stored.map((job) => known.get(job.clientId) ?? withPreviews(job));
    const early = this.jobs.filter((job) => !kept.has(job.clientId) && this.#unkept.has(job.clientId));
    this.#set([...jobs, ...early].sort((a, b) => a.at - b.at || (a.clientId < b.clientId ? -1 : 1)));
    this.flush();
  }

  /** Resolves once it is stored; sending goes on by itself. */
  async send(job: Omit<Job, 'state' | 'attempts'>): Promise<void> {
    const whole: Job = { ...job, state: 'sending', attempts: 0 };
    this.#unkept.add(job.clientId);
    this.#set([...this.jobs, whole]);
    await this.#keep(whole);
    this.flush(true);
  }

  /** Tries a failed one again, or any that waits for its next attempt. */
  retry(clientId: string): void {
    const job = this.#get(clientId);
    if (!job) return;
    this.#update(job, { state: 'sending', attempts: 0, problem: undefined });
    this.flush(true);
  }

  async discard(clientId: string): Promise<void> {
    this.#set(this.jobs.filter((job) => job.clientId !== clientId));
    await this.#options.store.delete(`outbox/${clientId}`);
    this.flush(true);
  }

  /** Sends what can be sent; `now` without waiting for the next attempt's time, as when the network is back. */
  flush(now = false): void {
    if (this.#stopped) return;
    for (const conversation of new Set(this.jobs.map((job) => job.conversation))) {
      if (now) this.#clearTimer(conversation);
      if (!this.#busy.has(conversation) && !this.#timers.has(conversation)) void this.#drain(conversation);
    }
  }

  stop(): void {
    this.#stopped = true;
    for (const conversation of this.#timers.keys()) this.#clearTimer(conversation);
  }

  async #drain(conversation: Id): Promise<void> {
    this.#busy.add(conversation);
    const alone = this.#options.alone ?? ((_name, task) => task());
    let again = true;
    try {
      await alone(`parley:outbox:${conversation}`, async () => {
        for (let job = this.#next(conversation); job && !this.#stopped; job = this.#next(conversation)) {
          const wait = await this.#attempt(job);
          if (wait !== undefined) {
            this.#wait(conversation, wait);
            break;
          }
        }
        again = false;
      });
    } finally {
      this.#busy.delete(conversation);
      // Another tab was sending; look again soon, should it be closed before it is done.
      if (again && this.#next(conversation) && !this.#stopped) this.#wait(conversation, 2_000, () => void this.load());
    }
  }

  /** One attempt; how long to wait before the next, or nothing when this job needs none. */
  async #attempt(job: Job): Promise<number | undefined> {
    try {
      await this.#upload(job);
      const current = this.#get(job.clientId);
      if (!current) return undefined;
      const files = current.attachments.map((file) => file.id!);
      const entry = await this.#options.carrier.post(current, { ...current.content, ...(files.length ? { files } : {}) } as Sending);
      this.#options.onSent?.(entry, current);
      // First, and not moved with the others: should the page go now, the next one must repeat the same command, an opening, or it would be said twice.
      this.#set(this.jobs.filter((other) => other.clientId !== job.clientId));
      if (isNew(current.conversation)) await this.#opened(current.conversation, entry.conversation);
      await this.#options.store.delete(`outbox/${job.clientId}`);
      return undefined;
    } catch (error) {
      return this.#failed(job.clientId, error instanceof Problem ? error : Problem.network(error));
    }
  }

  async #upload(job: Job): Promise<void> {
    const total = job.attachments.reduce((sum, file) => sum + file.size, 0) || 1;
    let before = 0;
    for (const [index, file] of job.attachments.entries()) {
      const current = this.#get(job.clientId);
      if (!current) return;
      if (!current.attachments[index]!.id) {
        if (!file.blob || !this.#options.carrier.upload) throw new Problem('file.lost', 400, 'The file is no longer here.');
        const stored = await this.#options.carrier.upload(file.blob, file.name, (share) => {
          const sending = this.#get(job.clientId);
          if (sending) this.#update(sending, { progress: (before + share * file.size) / total }, false);
        });
        const after = this.#get(job.clientId);
        if (!after) return;
        const attachments = after.attachments.map((other, at) => (at === index ? { ...other, id: stored.id } : other));
        this.#update(after, { attachments });
      }
      before += file.size;
    }
  }

  #failed(clientId: string, problem: Problem): number | undefined {
    const job = this.#get(clientId);
    if (!job) return undefined;
    const reason = { code: problem.code, message: problem.message, ...(problem.errors ? { errors: problem.errors } : {}) };
    if (problem.passing) {
      this.#update(job, { attempts: job.attempts + 1, problem: reason });
      return problem.retryAfterMs ?? backoff(job.attempts, this.#options.random);
    }
    // An upload that was taken away meanwhile (unused ones go after a day) is made anew on retry.
    const attachments = problem.code.startsWith('file.') ? job.attachments.map(({ id, ...rest }) => (rest.blob || !id ? rest : { ...rest, id })) : job.attachments;
    this.#update(job, { state: 'failed', problem: reason, attachments });
    return undefined;
  }

  /** What was written to the conversation before it had an id goes where it went. */
  async #opened(name: Id, conversation: Id): Promise<void> {
    const moved = this.jobs.map((job) => (job.conversation === name ? { ...job, conversation } : job));
    this.#set(moved);
    await Promise.all(moved.filter((job) => job.conversation === conversation).map((job) => this.#keep(job)));
    queueMicrotask(() => this.flush());
  }

  #next(conversation: Id): Job | undefined {
    return this.jobs.find((job) => job.conversation === conversation && job.state === 'sending');
  }

  #get(clientId: string): Job | undefined {
    return this.jobs.find((job) => job.clientId === clientId);
  }

  #wait(conversation: Id, ms: number, then = () => void this.#drain(conversation)): void {
    this.#clearTimer(conversation);
    const timer = setTimeout(() => {
      this.#timers.delete(conversation);
      then();
    }, ms);
    this.#timers.set(conversation, timer);
  }

  #clearTimer(conversation: Id): void {
    clearTimeout(this.#timers.get(conversation));
    this.#timers.delete(conversation);
  }

  #update(job: Job, change: { [K in keyof Job]?: Job[K] | undefined }, keep = true): void {
    const next = { ...job, ...change } as Job;
    if (next.problem === undefined) delete next.problem;
    this.#set(this.jobs.map((other) => (other.clientId === job.clientId ? next : other)));
    if (keep) void this.#keep(next);
  }

  #set(jobs: readonly Job[]): void {
    this.jobs = jobs;
    this.#options.onChange(jobs);
  }

  async #keep({ progress: _, ...job }: Job): Promise<void> {
    const attachments = job.attachments.map(({ preview: _preview, ...file }) => file);
    try {
      await this.#options.store.put(`outbox/${job.clientId}`, { ...job, attachments });
      this.#unkept.delete(job.clientId);
    } catch {
      // A full disk or a private window: it is still sent, it only does not survive a reload.
    }
  }
}

function withPreviews(job: Job): Job {
  const attachments = job.attachments.map((file) =>
    file.blob && file.mime.startsWith('image/') ? { ...file, preview: URL.createObjectURL(file.blob) } : file,
  );
  return { ...job, attachments };
}
