import { alone, asSent, openStore, Outbox, uuid7, type Attachment, type Content, type Entry, type EntryOf, type Id, type Job } from '$client';
import { seat } from '../../app/seat.svelte';

/** Refused because another was faster: the words are a draft again. */
const given = new Set(['conversation.taken', 'conversation.answered']);

/** The one outbox of this agent in this browser: what is written is kept, and sent when it can be. */
class Outgoing {
  jobs = $state.raw<readonly Job[]>([]);
  /** Told of each entry before its job goes, so that the thread never lacks both. */
  onsent: (entry: Entry) => void = () => undefined;
  /** Told of what the server has and sends later. */
  onplanned: (entry: EntryOf<'scheduled'>) => void = () => undefined;
  /** Told of each answer that another was faster with, once it is out of the way. */
  ontaken: (job: Job) => void = () => undefined;
  #box: Outbox | undefined;
  #for: Id | undefined;
  #back = new Set<string>();

  async open() {
    const me = seat.me?.id;
    if (!me || this.#for === me) return;
    this.#box?.stop();
    this.#for = me;
    const store = await openStore(`parley.agent.${me}`);
    if (this.#for !== me) return;
    this.#box = new Outbox({
      store,
      alone,
      onChange: (jobs) => {
        this.jobs = jobs;
        for (const job of jobs.filter((each) => each.problem && given.has(each.problem.code))) this.#giveBack(job);
      },
      onSent: (entry) => {
        this.onsent(entry);
        if (entry.type === 'scheduled') this.onplanned(entry);
      },
      carrier: {
        post: ({ kind, conversation, clientId, unheld, seen, due, undo, content: said }, content) =>
          due || undo
            ? seat.api.answering.schedule(conversation, { clientId, content: { ...content, ...asSent(said) }, ...(unheld ? { unheld } : {}), ...(seen ? { seen } : {}), ...(due ? { at: due } : { undo: undo! }) })
            : kind === 'note'
            ? seat.api.note(conversation, { clientId, text: content.text ?? '', ...(content.mentions ? { mentions: content.mentions } : {}), ...(content.teams ? { teams: content.teams } : {}), ...(content.files ? { files: content.files } : {}) })
            : seat.api.post(conversation, { clientId, content: { ...content, ...asSent(said) }, ...(unheld ? { unheld } : {}), ...(seen ? { seen } : {}) }),
        upload: (file, name, progress) => seat.files.upload(file, name, progress),
      },
    });
    await this.#box.load();
  }

  close() {
    this.#box?.stop();
    this.#box = undefined;
    this.#for = undefined;
    this.jobs = [];
  }

  send(conversation: Id, kind: Job['kind'], content: Omit<Content, 'files'>, attachments: Attachment[], how: Pick<Job, 'due' | 'undo' | 'unheld' | 'seen'> = {}) {
    return this.#box?.send({ clientId: uuid7(), kind, conversation, content, attachments, at: Date.now(), ...how });
  }

  retry(job: Job) {
    this.#box?.retry(job.clientId);
  }

  discard(job: Job) {
    return this.#box?.discard(job.clientId);
  }

  /** Once it is kept as it is: what is taken out before that would be kept after it. */
  #giveBack(job: Job) {
    if (this.#back.has(job.clientId)) return;
    this.#back.add(job.clientId);
    queueMicrotask(() => {
      void this.discard(job);
      this.ontaken(job);
    });
  }

  /** The network may be back. */
  flush() {
    this.#box?.flush(true);
  }
}

export const outgoing = new Outgoing();
