import { alone, asSent, openStore, Outbox, uuid7, type Attachment, type Content, type Entry, type Id, type Job } from '$client';
import { seat } from '../../app/seat.svelte';

/** The one outbox of this agent in this browser: what is written is kept, and sent when it can be. */
class Outgoing {
  jobs = $state.raw<readonly Job[]>([]);
  /** Told of each entry before its job goes, so that the thread never lacks both. */
  onsent: (entry: Entry) => void = () => undefined;
  #box: Outbox | undefined;
  #for: Id | undefined;

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
      onChange: (jobs) => (this.jobs = jobs),
      onSent: (entry) => this.onsent(entry),
      carrier: {
        post: ({ kind, conversation, clientId, content: said }, content) =>
          kind === 'note'
            ? seat.api.note(conversation, { clientId, text: content.text ?? '', ...(content.mentions ? { mentions: content.mentions } : {}), ...(content.files ? { files: content.files } : {}) })
            : seat.api.post(conversation, { clientId, content: { ...content, ...asSent(said) } }),
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

  send(conversation: Id, kind: Job['kind'], content: Omit<Content, 'files'>, attachments: Attachment[]) {
    return this.#box?.send({ clientId: uuid7(), kind, conversation, content, attachments, at: Date.now() });
  }

  retry(job: Job) {
    this.#box?.retry(job.clientId);
  }

  discard(job: Job) {
    return this.#box?.discard(job.clientId);
  }

  /** The network may be back. */
  flush() {
    this.#box?.flush(true);
  }
}

export const outgoing = new Outgoing();
