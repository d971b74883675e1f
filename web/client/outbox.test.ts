import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Outbox, type Carrier, type Job, type OutboxOptions } from './outbox';
import { Problem } from './problem';
import { MemoryStore } from './memory';
import { openStore } from './store';
import type { Entry } from './types';
import { ana, said, settle } from './test/cast';

const letter = (text: string, more: Partial<Job> = {}) => ({
  clientId: `id-${text}`, kind: 'message' as const, conversation: 'cnv_thread', content: { type: 'text', text }, attachments: [], at: Number(text.length), ...more,
});

const file = { name: 'mast.png', mime: 'image/png', size: 4, blob: new Blob(['mast'], { type: 'image/png' }) };

/** A server that stores once per clientId and does as the test says. */
class Post implements Carrier {
  readonly stored: Job[] = [];
  readonly attempts: string[] = [];
  uploads = 0;
  answer: (job: Job) => Promise<void> = async () => {};

  async post(job: Job): Promise<Entry> {
    this.attempts.push(job.content.text ?? '');
    await this.answer(job);
    if (!this.stored.some((other) => other.clientId === job.clientId)) this.stored.push(job);
    const entry = said(this.stored.length, ana, job.content.text ?? '', { clientId: job.clientId });
    return { ...entry, conversation: job.conversation.startsWith('new:') ? 'cnv_made' : job.conversation };
  }

  async upload(_file: Blob, name: string, progress: (share: number) => void) {
    progress(0.5);
    return { id: `fil_${++this.uploads}`, name, size: 4, mime: 'image/png' };
  }
}

const cut = () => Promise.reject(Problem.network(new Error('cut')));

describe('the outbox', () => {
  let post: Post;
  let store: MemoryStore;
  const made: Outbox[] = [];

  const open = (more: Partial<OutboxOptions> = {}) => {
    const outbox = new Outbox({ store, carrier: post, onChange: () => {}, random: () => 0, ...more });
    made.push(outbox);
    return outbox;
  };
  const sent = () => post.stored.map((job) => job.content.text);

  beforeEach(() => {
    vi.useFakeTimers();
    post = new Post();
    store = new MemoryStore();
  });
  afterEach(() => {
    for (const outbox of made.splice(0)) outbox.stop();
    vi.useRealTimers();
  });

  it('sends in the order of writing, one after the other, and empties itself', async () => {
    const outbox = open();
    let running = 0;
    post.answer = async () => {
      expect(++running).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 10));
      running--;
    };
    await Promise.all(['a', 'bb', 'ccc'].map((text) => outbox.send(letter(text))));
    await vi.advanceTimersByTimeAsync(100);
    expect(sent()).toEqual(['a', 'bb', 'ccc']);
    expect(outbox.jobs).toEqual([]);
    expect(await store.list('outbox/')).toEqual([]);
  });

  it('keeps what the network swallows, in order, and sends it when the network is back', async () => {
    const outbox = open();
    post.answer = cut;
    await outbox.send(letter('a'));
    await outbox.send(letter('bb'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(outbox.jobs.map((job) => [job.state, job.problem?.code])).toEqual([['sending', 'network'], ['sending', undefined]]);
    post.answer = async () => {};
    outbox.flush(true);
    await settle(60);
    expect(sent()).toEqual(['a', 'bb']);
  });

  it('comes back by itself too, and asks less and less often', async () => {
    const outbox = open();
    post.answer = cut;
    await outbox.send(letter('a'));
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect(post.attempts.length).toBeGreaterThan(20);
    expect(post.attempts.length).toBeLessThan(60);
    post.answer = async () => {};
    await vi.advanceTimersByTimeAsync(16_000);
    expect(sent()).toEqual(['a']);
  });

  it('says the same id again when the answer was lost, so that nothing doubles', async () => {
    const outbox = open();
    let lost = true;
    post.answer = async (job) => {
      if (!lost) return;
      lost = false;
      post.stored.push(job);
      await cut();
    };
    await outbox.send(letter('a'));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(post.attempts).toEqual(['a', 'a']);
    expect(sent()).toEqual(['a']);
    expect(outbox.jobs).toEqual([]);
  });

  it('waits as long as the server asks', async () => {
    const outbox = open();
    post.answer = () => Promise.reject(new Problem('rate.limited', 429, 'Slow down', undefined, 7_000));
    await outbox.send(letter('a'));
    await settle();
    post.answer = async () => {};
    await vi.advanceTimersByTimeAsync(6_900);
    expect(sent()).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(sent()).toEqual(['a']);
  });

  it('fails what is refused for good, goes on with the rest, and retries on demand', async () => {
    const outbox = open();
    post.answer = (job) => (job.content.text === 'a' ? Promise.reject(new Problem('text.tooLong', 400, 'Too long')) : Promise.resolve());
    await outbox.send(letter('a'));
    await outbox.send(letter('bb'));
    await settle(60);
    expect(outbox.jobs).toMatchObject([{ state: 'failed', problem: { code: 'text.tooLong' } }]);
    expect(sent()).toEqual(['bb']);
    expect(await store.get('outbox/id-a')).toMatchObject({ state: 'failed' });
    post.answer = async () => {};
    outbox.retry('id-a');
    await settle(60);
    expect(sent()).toEqual(['bb', 'a']);
  });

  it('can be told to forget one', async () => {
    const outbox = open();
    post.answer = () => Promise.reject(new Problem('content.refused', 422, 'No'));
    await outbox.send(letter('a'));
    await settle();
    await outbox.discard('id-a');
    expect([outbox.jobs, await store.list('outbox/')]).toEqual([[], []]);
  });

  it('survives a reload: another page sends what the first could not', async () => {
    post.answer = cut;
    const first = open();
    await first.send(letter('a'));
    await first.send(letter('bb'));
    await settle();
    first.stop();
    post.answer = async () => {};
    await open().load();
    await settle(60);
    expect(sent()).toEqual(['a', 'bb']);
  });

  it('opens a conversation once, and what was written after the first message follows into it', async () => {
    const outbox = open();
    const targets: string[] = [];
    post.answer = async (job) => {
      targets.push(job.conversation);
      await new Promise((resolve) => setTimeout(resolve, 10));
    };
    await outbox.send(letter('a', { conversation: 'new:1' }));
    await outbox.send(letter('bb', { conversation: 'new:1' }));
    await outbox.send(letter('ccc', { conversation: 'new:1' }));
    await vi.advanceTimersByTimeAsync(200);
    expect(targets).toEqual(['new:1', 'cnv_made', 'cnv_made']);
    expect(outbox.jobs).toEqual([]);
  });

  it('repeats an opening as an opening when the page went before the answer was noted', async () => {
    const targets: string[] = [];
    post.answer = async (job) => void targets.push(job.conversation);
    const forget = store.delete.bind(store);
    store.delete = () => new Promise(() => {});
    const outbox = open();
    await outbox.send(letter('a', { conversation: 'new:1' }));
    await vi.advanceTimersByTimeAsync(200);
    outbox.stop();
    store.delete = forget;
    const next = open();
    await next.load();
    await vi.advanceTimersByTimeAsync(200);
    expect(targets).toEqual(['new:1', 'new:1']);
    expect(next.jobs).toEqual([]);
  });

  it('does not let one conversation wait for another', async () => {
    const outbox = open();
    post.answer = (job) => (job.conversation === 'cnv_stuck' ? cut() : Promise.resolve());
    await outbox.send(letter('a', { conversation: 'cnv_stuck' }));
    await outbox.send(letter('bb'));
    await settle(60);
    expect(sent()).toEqual(['bb']);
  });

  it('uploads a file once, whatever happens to the message after it', async () => {
    const outbox = open();
    const shares: (number | undefined)[] = [];
    const watched = open({ onChange: (jobs) => shares.push(jobs[0]?.progress) });
    post.answer = cut;
    await watched.send(letter('a', { attachments: [file] }));
    await settle(60);
    expect(post.uploads).toBe(1);
    expect(shares).toContain(0.5);
    watched.stop();
    post.answer = async () => {};
    await outbox.load();
    await settle(60);
    expect(post.uploads).toBe(1);
    expect(post.stored[0]!.attachments[0]!.id).toBe('fil_1');
  });

  it('uploads again on retry when the server no longer has the file', async () => {
    const outbox = open();
    post.answer = () => Promise.reject(new Problem('file.unknown', 404, 'Gone'));
    await outbox.send(letter('a', { attachments: [file] }));
    await settle(60);
    post.answer = async () => {};
    outbox.retry('id-a');
    await settle(60);
    expect([post.uploads, sent()]).toEqual([2, ['a']]);
  });

  it('leaves the sending to the tab that is at it', async () => {
    const held = new Set<string>();
    const alone = async (name: string, task: () => Promise<void>) => {
      if (held.has(name)) return;
      held.add(name);
      await task();
      held.delete(name);
    };
    post.answer = () => new Promise((resolve) => setTimeout(resolve, 1_000));
    const [one, two] = [open({ alone }), open({ alone })];
    await one.send(letter('a'));
    await two.load();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(post.attempts).toEqual(['a']);
    expect(two.jobs).toEqual([]);
  });
});

describe('the store in IndexedDB', () => {
  it('keeps, lists by prefix in order, and forgets', async () => {
    const store = await openStore('test');
    await store.put('outbox/2', { a: 2 });
    await store.put('outbox/1', { a: 1 });
    await store.put('draft/1', 'text');
    expect(await store.list('outbox/')).toEqual([{ a: 1 }, { a: 2 }]);
    await store.delete('outbox/1');
    const again = await openStore('test');
    expect(await again.list('outbox/')).toEqual([{ a: 2 }]);
    expect(await again.get('draft/1')).toBe('text');
    await again.clear();
    expect(await store.get('draft/1')).toBeUndefined();
  });
});
