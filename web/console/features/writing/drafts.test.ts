import { Problem, type DraftWords, type SavedDraft } from '$client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Drafts } from './drafts';

const words = (reply: string): DraftWords => ({ reply, note: '', mode: 'reply' });

/** A server that keeps one draft. */
class Server {
  kept: SavedDraft = { ...words(''), version: 0 };
  saves = 0;
  draft = async () => ({ ...this.kept });
  saveDraft = async (_: string, draft: SavedDraft) => {
    this.saves++;
    if (draft.version !== this.kept.version) throw new Problem('draft.newer', 409, 'newer');
    this.kept = { ...draft, version: draft.reply ? draft.version + 1 : 0 };
    return { ...this.kept };
  };
}

function desk(server: Server) {
  const marks = new Set<string>();
  const other: (DraftWords | undefined)[] = [];
  const kept: { version: number; saved: boolean }[] = [];
  const drafts = new Drafts(server, {
    mark: (id, on) => marks[on ? 'add' : 'delete'](id),
    kept: (_, version, saved) => kept.push({ version, saved }),
    other: (_, words) => other.push(words),
  });
  return { drafts, marks, other, kept };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const settle = () => vi.advanceTimersByTimeAsync(5_000);

describe('Drafts', () => {
  it('UC9 saves who gets a mail, also where no word is written yet, and again when that changes alone', async () => {
    const server = new Server();
    const { drafts } = desk(server);
    const mail = { subject: 'Sails', to: 'ana@example.org', cc: '', bcc: '' };
    drafts.write('c', { ...words(''), mail });
    await settle();
    expect(server.kept.mail).toEqual(mail);
    server.kept.version = 1;
    drafts.write('c', { ...words(''), mail: { ...mail, cc: 'ben@example.org' } });
    await settle();
    expect(server.saves).toBe(2);
  });

  it('saves a moment after the last word, once, and marks the conversation', async () => {
    const server = new Server();
    const { drafts, marks, kept } = desk(server);
    for (const text of ['D', 'De', 'Dear']) drafts.write('c', words(text));
    expect([...marks]).toEqual(['c']);
    expect(server.saves).toBe(0);
    await settle();
    expect([server.saves, server.kept.reply]).toEqual([1, 'Dear']);
    expect(kept.at(-1)).toEqual({ version: 1, saved: true });
    drafts.write('c', words(''));
    await settle();
    expect([server.kept.version, marks.size]).toEqual([0, 0]);
  });

  it('goes on on another device with what was begun on the first', async () => {
    const server = new Server();
    const [desktop, telephone] = [desk(server), desk(server)];
    desktop.drafts.write('c', words('Dear Ana'));
    await settle();
    expect(await telephone.drafts.look('c', words(''), 0, true)).toMatchObject(words('Dear Ana'));
    telephone.drafts.write('c', words('Dear Ana, yes'));
    await settle();
    expect(await desktop.drafts.look('c', words('Dear Ana'), 1, true)).toMatchObject(words('Dear Ana, yes'));
    // Sent there: nothing is left here.
    telephone.drafts.write('c', words(''));
    await settle();
    expect(await desktop.drafts.look('c', words('Dear Ana, yes'), 2, true)).toMatchObject(words(''));
  });

  it('asks which words are meant where both windows wrote, and overwrites none unseen', async () => {
    const server = new Server();
    const [one, two] = [desk(server), desk(server)];
    one.drafts.write('c', words('one'));
    await settle();
    two.drafts.write('c', words('two'));
    await settle();
    expect(server.kept.reply).toBe('one');
    expect(two.other.at(-1)).toMatchObject(words('one'));
    two.drafts.write('c', words('two more'));
    await settle();
    expect(server.kept.reply).toBe('one');
    two.drafts.keep('c');
    await settle();
    expect(server.kept.reply).toBe('two more');
    expect(two.other.at(-1)).toBeUndefined();
    one.drafts.write('c', words('one more'));
    await settle();
    expect(one.drafts.take('c')).toMatchObject(words('two more'));
    expect(one.other.at(-1)).toBeUndefined();
  });

  it('keeps what a crash left unsaved in this browser', async () => {
    const server = new Server();
    const { drafts } = desk(server);
    expect(await drafts.look('c', words('half a sen'), 0, false)).toBeUndefined();
    await settle();
    expect(server.kept.reply).toBe('half a sen');
  });

  it('does not mind that it was sent elsewhere while more was added here', async () => {
    const server = new Server();
    const { drafts, other } = desk(server);
    drafts.write('c', words('Dear'));
    await settle();
    server.kept = { ...words(''), version: 0 };
    drafts.write('c', words('Dear Ana'));
    await settle();
    expect([server.kept.reply, other]).toEqual(['Dear Ana', []]);
  });

  it('tries again with the next word where the network failed', async () => {
    const server = new Server();
    const { drafts } = desk(server);
    const { saveDraft } = server;
    server.saveDraft = () => Promise.reject(new Error('away'));
    drafts.write('c', words('Dear'));
    await settle();
    server.saveDraft = saveDraft;
    drafts.write('c', words('Dear A'));
    await settle();
    expect(server.kept.reply).toBe('Dear A');
  });

  it('knows what the server has not taken yet', async () => {
    const { drafts } = desk(new Server());
    drafts.write('c', words('Dear'));
    expect([drafts.unsaved('c'), drafts.unsaved('d')]).toEqual([true, false]);
    await settle();
    expect(drafts.unsaved('c')).toBe(false);
  });
});
