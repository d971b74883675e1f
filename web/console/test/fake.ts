import { belongs, fold, type Entry, type Frame, type Id, type Summary } from '$client';
import { contact, directory, kim, preview, seed } from './seed';

type Route = [method: string, pattern: RegExp, answer: (match: string[], body: Record<string, unknown>, query: URLSearchParams) => unknown];

/** A Parley in the page: the routes that the console uses, and a stream. Enough to look at every screen and press every button. */
export class FakeParley {
  private readonly data;
  private readonly sockets = new Set<FakeSocket>();
  private signedIn: boolean;
  private readonly inbox = { ...directory.inboxes[0]!, domains: ['lighthouse.test'], languages: ['en', 'de'], texts: { en: { greeting: 'How can we help?', teaser: 'Questions about anchors?' } }, color: '#4f52d8' };
  /** Everything asked fails from now on, as without a network. */
  down = false;
  empty: boolean;

  constructor(query: URLSearchParams) {
    this.data = seed(Number(query.get('long') ?? 0));
    this.signedIn = query.get('out') === null;
    this.empty = query.get('empty') !== null;
    this.down = query.get('down') !== null;
  }

  install() {
    const real = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      const url = new URL(String(input instanceof Request ? input.url : input), location.href);
      if (!url.pathname.startsWith('/v1/')) return real(input, init);
      await new Promise((resolve) => setTimeout(resolve, 30 + Math.random() * 40));
      if (this.down) throw new TypeError('Failed to fetch');
      return this.answer(init?.method ?? 'GET', url, init?.body);
    };
    const fake = this;
    globalThis.WebSocket = class extends FakeSocket {
      constructor() {
        super(fake.sockets, () => fake.down);
      }
    } as unknown as typeof WebSocket;
  }

  /** A customer writes. */
  say(id: Id, text: string) {
    const row = this.data.rows.find((r) => r.id === id)!;
    this.append(id, { type: 'message', author: { kind: 'contact', ...row.contact }, visibility: 'public', content: { type: 'text', text } });
  }

  tell(frame: Frame) {
    for (const socket of this.sockets) socket.tell(frame);
  }

  private answer(method: string, url: URL, raw: unknown): Response {
    const body = typeof raw === 'string' ? (JSON.parse(raw) as Record<string, unknown>) : {};
    for (const [verb, pattern, answer] of this.routes) {
      const match = verb === method ? pattern.exec(url.pathname) : null;
      if (!match) continue;
      if (!this.signedIn && url.pathname !== '/v1/session') return problem(401, 'session.missing');
      const result = answer(match.slice(1).map(decodeURIComponent), body, url.searchParams);
      return result instanceof Response ? result : new Response(result === undefined ? null : JSON.stringify(result), { status: result === undefined ? 204 : 200 });
    }
    return problem(404, 'route.unknown');
  }

  private readonly routes: Route[] = [
    ['POST', /^\/v1\/session$/, (_, body) => (body['password'] === 'wrong' ? problem(401, 'session.credentials') : ((this.signedIn = true), {}))],
    ['DELETE', /^\/v1\/session$/, () => void (this.signedIn = false)],
    ['GET', /^\/v1\/me$/, () => directory.me],
    ['PATCH', /^\/v1\/me$/, () => directory.me],
    ['PUT', /^\/v1\/me\/state$/, () => undefined],
    ['GET', /^\/v1\/directory$/, () => directory],
    ['GET', /^\/v1\/counts$/, () => ({ counts: this.counts() })],
    ['GET', /^\/v1\/conversations$/, (_, __, query) => this.list(query)],
    ['GET', /^\/v1\/conversations\/([^/]+)$/, ([id]) => this.data.rows.find((r) => r.id === id) ?? problem(404, 'conversation.unknown')],
    ['GET', /^\/v1\/conversations\/([^/]+)\/timeline$/, ([id], _, query) => this.timeline(id!, query)],
    ['POST', /^\/v1\/conversations\/([^/]+)\/messages$/, ([id], body) => this.append(id!, { type: 'message', visibility: 'public', content: body['content'], clientId: body['clientId'] })],
    ['POST', /^\/v1\/conversations\/([^/]+)\/notes$/, ([id], body) => this.append(id!, { type: 'note', visibility: 'internal', text: body['text'], clientId: body['clientId'] })],
    ['PATCH', /^\/v1\/conversations\/([^/]+)\/messages\/(\d+)$/, ([id, seq], body) => this.append(id!, { type: 'edited', of: Number(seq), content: body['content'], visibility: 'public' })],
    ['DELETE', /^\/v1\/conversations\/([^/]+)\/messages\/(\d+)$/, ([id, seq]) => this.append(id!, { type: 'deleted', of: Number(seq), visibility: 'public' })],
    ['PUT', /^\/v1\/conversations\/([^/]+)\/messages\/(\d+)\/reactions\/(.+)$/, ([id, seq, emoji]) => this.append(id!, { type: 'reacted', of: Number(seq), emoji, on: true, visibility: 'public' })],
    ['DELETE', /^\/v1\/conversations\/([^/]+)\/messages\/(\d+)\/reactions\/(.+)$/, ([id, seq, emoji]) => this.append(id!, { type: 'reacted', of: Number(seq), emoji, on: false, visibility: 'public' })],
    ['PUT', /^\/v1\/conversations\/([^/]+)\/seen$/, ([id], body) => void (this.row(id!).seen = Number(body['seq']))],
    ['PUT', /^\/v1\/conversations\/([^/]+)\/assignment$/, ([id], body) => this.done(id!, { type: 'assigned', ...body, cause: 'manual' })],
    ['DELETE', /^\/v1\/conversations\/([^/]+)\/assignment$/, ([id]) => this.done(id!, { type: 'assigned', cause: 'manual' })],
    ['PUT', /^\/v1\/conversations\/([^/]+)\/snooze$/, ([id], body) => this.done(id!, { type: 'snoozed', ...body })],
    ['DELETE', /^\/v1\/conversations\/([^/]+)\/snooze$/, ([id]) => this.done(id!, { type: 'unsnoozed', cause: 'manual' })],
    ['PUT', /^\/v1\/conversations\/([^/]+)\/pending$/, ([id], body) => this.done(id!, { type: 'pending', ...body })],
    ['DELETE', /^\/v1\/conversations\/([^/]+)\/pending$/, ([id]) => this.done(id!, { type: 'unpended', cause: 'manual' })],
    ['PUT', /^\/v1\/conversations\/([^/]+)\/closure$/, ([id]) => this.done(id!, { type: 'closed', cause: 'manual', visibility: 'public' })],
    ['DELETE', /^\/v1\/conversations\/([^/]+)\/closure$/, ([id]) => this.done(id!, { type: 'reopened', cause: 'manual', visibility: 'public' })],
    ['PUT', /^\/v1\/conversations\/([^/]+)\/labels\/(.+)$/, ([id, label]) => this.done(id!, { type: 'labelled', label })],
    ['DELETE', /^\/v1\/conversations\/([^/]+)\/labels\/(.+)$/, ([id, label]) => this.done(id!, { type: 'unlabelled', label })],
    ['PUT', /^\/v1\/conversations\/([^/]+)\/priority$/, ([id], body) => this.done(id!, { type: 'priorityChanged', from: this.row(id!).priority, to: body['priority'] })],
    ['GET', /^\/v1\/contacts\/([^/]+)$/, ([id]) => contact(id!, this.data.rows.find((r) => r.contact.id === id))],
    ['PATCH', /^\/v1\/contacts\/([^/]+)$/, ([id], body) => ({ ...contact(id!, undefined), ...body })],
    ['GET', /^\/v1\/contacts\/([^/]+)\/conversations$/, ([id]) => ({ items: id === 'con_0' ? [this.data.rows[0], ...this.data.rows.slice(20, 27)] : [] })],
    ['GET', /^\/v1\/search$/, (_, __, query) => this.search(query.get('q') ?? '')],
    ['GET', /^\/v1\/inboxes\/([^/]+)$/, () => this.inbox],
    ['PATCH', /^\/v1\/inboxes\/([^/]+)$/, (_, body) => Object.assign(this.inbox, body)],
    ['GET', /^\/v1\/inboxes\/([^/]+)\/keys$/, () => ({ items: [{ kid: 'k-2026-01', algorithm: 'HS256', state: 'valid', createdAt: new Date().toISOString() }] })],
    ['GET', /^\/v1\/tokens$/, () => ({ items: [{ id: 'tok_1', name: 'Export to the warehouse', scopes: ['read'], lastUsedAt: new Date(Date.now() - 7_200_000).toISOString() }] })],
    ['GET', /^\/v1\/conversations\/([^/]+)\/scheduled$/, () => ({ items: [] })],
    ['GET', /^\/v1\/replies$/, () => ({ items: [{ id: 'rpl_1', name: 'Thanks', shortcut: 'thanks', format: 'plain', texts: 'Thank you, {{contact.firstName|and}} have a good day!', mine: true }] })],
    ['GET', /^\/v1\/macros$/, () => ({ items: [] })],
    ['GET', /^\/v1\/drafts$/, () => ({ conversations: [] })],
    ['GET', /^\/v1\/conversations\/([^/]+)\/draft$/, () => ({ reply: '', note: '', mode: 'reply', version: 0 })],
    ['PUT', /^\/v1\/conversations\/([^/]+)\/draft$/, (_, body) => ({ ...body, version: Number(body['version']) + 1 })],
    ['POST', /^\/v1\/files$/, () => ({ id: 'fil_1', name: 'file', size: 1, mime: 'text/plain' })],
  ];

  private row(id: Id): Summary {
    return this.data.rows.find((r) => r.id === id)!;
  }

  private done(id: Id, entry: Record<string, unknown>) {
    return { entries: [this.append(id, { visibility: 'internal', ...entry })] };
  }

  private append(id: Id, given: Record<string, unknown>): Entry {
    const list = this.data.entries.get(id)!;
    const entry = { conversation: id, seq: list.length + 1, at: new Date().toISOString(), author: { kind: 'agent', id: kim, name: 'Kim' }, ...given } as unknown as Entry;
    list.push(entry);
    const at = this.data.rows.findIndex((r) => r.id === id);
    const before = this.data.rows[at]!;
    const row = { ...fold(before, entry), lastEntryAt: entry.at };
    if (entry.type === 'message' || entry.type === 'note') row.preview = preview(entry);
    this.data.rows[at] = row;
    setTimeout(() => {
      this.tell({ type: 'event', cursor: '1', entry });
      this.tell({ type: 'event', cursor: '1', summary: row });
      this.tell({ type: 'counts', counts: this.counts() });
      if (entry.type === 'message' && entry.author.kind === 'agent') this.tell({ type: 'mark', conversation: id, kind: 'delivery', message: entry.seq, state: 'delivered', at: entry.at });
    }, 15);
    return entry;
  }

  private counts() {
    const of = (view: string) => (this.empty ? 0 : this.data.rows.filter((r) => belongs(r, view, kim)).length);
    return Object.fromEntries(['mine', 'unassigned', 'all', 'closed', 'inbox:inb_shop', 'inbox:inb_charter', 'team:tea_support'].map((view) => [view, of(view)]));
  }

  private list(query: URLSearchParams) {
    const view = query.get('view') ?? 'all';
    const rows = this.empty ? [] : this.data.rows.filter((r) => belongs(r, view, kim) ?? false).filter((r) => !query.get('status') || r.status === query.get('status'));
    rows.sort((a, b) => (a.lastEntryAt < b.lastEntryAt ? 1 : -1));
    const from = Number(query.get('cursor') ?? 0);
    const next = from + 50 < rows.length ? String(from + 50) : undefined;
    return { items: rows.slice(from, from + 50), ...(next ? { next } : {}) };
  }

  private timeline(id: Id, query: URLSearchParams) {
    const all = this.data.entries.get(id);
    if (!all) return problem(404, 'conversation.unknown');
    const limit = Number(query.get('limit') ?? 50);
    const after = query.get('after');
    const before = query.get('before');
    if (after) {
      const items = all.slice(Number(after), Number(after) + limit);
      return { items, more: Number(after) + limit < all.length };
    }
    const end = before ? Number(before) - 1 : all.length;
    return { items: all.slice(Math.max(0, end - limit), end), more: end - limit > 0 };
  }

  private search(q: string) {
    const items = [...this.data.entries].flatMap(([id, list]) =>
      list.flatMap((e) => {
        const text = e.type === 'message' ? (e.content?.text ?? '') : '';
        const at = text.toLowerCase().indexOf(q.toLowerCase());
        return at < 0 ? [] : [{ conversation: this.row(id), seq: e.seq, at: e.at, snippet: `${text.slice(0, at)}\u0002${text.slice(at, at + q.length)}\u0003${text.slice(at + q.length)}` }];
      }),
    );
    const people = this.data.rows
      .filter((row) => row.contact.name?.toLowerCase().split(' ').some((word) => word.startsWith(q.toLowerCase())))
      .map(({ contact: { id, name, verified }, ...row }) => {
        const from = name!.toLowerCase().indexOf(q.toLowerCase());
        const snippet = `${name!.slice(0, from)}\u0002${name!.slice(from, from + q.length)}\u0003${name!.slice(from + q.length)}`;
        return { contact: { id, name, verified, email: `${name!.split(' ')[0]!.toLowerCase()}@example.test` }, conversation: { ...row, contact: { id, name, verified } }, snippet };
      });
    return { items: items.slice(0, 30), people: people.slice(0, 5) };
  }
}

function problem(status: number, code: string): Response {
  return new Response(JSON.stringify({ status, code, title: code, detail: code }), { status, headers: { 'Content-Type': 'application/problem+json' } });
}

class FakeSocket {
  static readonly OPEN = 1;
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;

  constructor(
    private readonly others: Set<FakeSocket>,
    down: () => boolean,
  ) {
    setTimeout(() => {
      if (down()) return this.onclose?.();
      this.readyState = 1;
      this.others.add(this);
      this.onopen?.();
    }, 20);
  }

  send(text: string) {
    const said = JSON.parse(text) as { type: string };
    if (said.type === 'hello') this.tell({ type: 'hello', cursor: '0', me: { kind: 'agent', id: kim }, beatSeconds: 3600 });
  }

  tell(frame: Frame) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  close() {
    this.others.delete(this);
    this.readyState = 3;
  }
}
