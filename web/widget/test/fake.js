/**
 * A Parley small enough to draw screens against: the widget's routes in memory, the stream as Server-Sent Events (sockets are refused, so
 * the fallback is what runs), a shop on an origin of its own, and /fake/… to speak as the other side.
 *
 *   node widget/test/fake.js [port]      the shop is on port + 1
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { readFileSync, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const port = Number(process.argv[2] ?? 5080);
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *";
const mime = { html: 'text/html; charset=utf-8', js: 'text/javascript', css: 'text/css', json: 'application/json', svg: 'image/svg+xml' };
const noor = { kind: 'agent', id: 'agt_noor', name: 'Noor' };
const kim = { kind: 'agent', id: 'agt_kim', name: 'Kim' };

const files = new Map();
const visitors = new Map();
const conversations = new Map();
const streams = new Set();
let number = 0;
let broken = false;

const inbox = {
  id: 'inb_shop', name: 'Shop', profile: 'blended', languages: ['en', 'de', 'nl', 'es'],
  brand: { name: 'Lighthouse', color: '#0f6b8f' }, voice: { de: 'formal', nl: 'informal', es: 'informal' }, segments: [],
  texts: {
    en: { greeting: 'Ahoy! Ask us about sails, jackets or your order.', teaser: 'Questions about a jacket? We are here.' },
    de: { greeting: 'Ahoi! Frag uns zu Segeln, Jacken oder deiner Bestellung.', teaser: 'Fragen zur Jacke? Wir sind da.' },
    nl: { greeting: 'Ahoi! Vraag ons naar zeilen, jassen of je bestelling.' }, es: { greeting: '¡Hola! Pregúntanos por velas, chaquetas o tu pedido.' },
  },
  availability: { state: 'online', agents: [{ name: 'Noor' }, { name: 'Kim' }] }, consent: 'afterConsent', limits: { textLength: 10000, fileBytes: 20_000_000 },
};

function tell(frame, to) {
  for (const stream of streams) if (!to || stream.visitor === to) stream.answer.write(`data: ${JSON.stringify({ cursor: `c${number}`, ...frame })}\n\n`);
}

function append(conversation, entry, clientId) {
  number++;
  const seq = conversation.entries.length * 2 + 2;
  const prev = conversation.entries.at(-1)?.seq;
  const made = { conversation: conversation.id, seq, ...(prev ? { prev } : {}), at: new Date().toISOString(), visibility: 'public', ...(clientId ? { clientId } : {}), ...entry };
  conversation.entries.push(made);
  tell({ type: 'event', entry: made }, conversation.visitor);
  return made;
}

function row(conversation) {
  const messages = conversation.entries.filter((entry) => entry.type === 'message');
  const last = messages.at(-1);
  const agents = [...new Map(messages.filter((entry) => entry.author.kind === 'agent').map((entry) => [entry.author.id, { id: entry.author.id, name: entry.author.name }])).values()];
  return {
    id: conversation.id, status: 'open', mode: 'messaging', lastSeq: conversation.entries.at(-1)?.seq ?? 0, lastMessageSeq: last?.seq ?? 0,
    lastEntryAt: conversation.entries.at(-1)?.at ?? conversation.createdAt, createdAt: conversation.createdAt, seen: conversation.seen, agents,
    unread: messages.filter((entry) => entry.seq > conversation.seen && entry.author.kind !== 'contact').length,
    ...(last ? { preview: { text: last.content.text ?? last.content.files?.[0]?.name ?? '', author: last.author, type: 'message' } } : {}),
  };
}

function readContent(content) {
  return { ...content, ...(content.files ? { files: content.files.map((id) => files.get(id).meta) } : {}) };
}

function open(visitor) {
  const conversation = { id: `cnv_${randomUUID().slice(0, 8)}`, visitor: visitor.id, entries: [], seen: 0, createdAt: new Date().toISOString(), ids: new Map() };
  conversations.set(conversation.id, conversation);
  return conversation;
}

/** Answers as an agent would: reads, types, says something. */
function post(conversation, visitor, { clientId, content }) {
  if (conversation.ids.has(clientId)) return conversation.ids.get(clientId);
  const entry = append(conversation, { type: 'message', author: { kind: 'contact', id: visitor.id }, content: readContent(content) }, clientId);
  conversation.ids.set(clientId, entry);
  conversation.seen = entry.seq;
  return entry;
}

const routes = [
  ['GET', /^\/v1\/widget\/inboxes\/(.+)$/, () => [200, inbox]],
  ['POST', /^\/v1\/widget\/sessions$/, (_m, body) => {
    let visitor = visitors.get(body.resume?.slice(2));
    if (body.identity) visitor = { id: `con_${body.identity}`, verified: true, name: body.identity };
    visitor ??= { id: `con_${randomUUID().slice(0, 8)}`, verified: false };
    visitors.set(visitor.id, visitor);
    return [201, { token: visitor.id, expiresAt: new Date(Date.now() + 43_200_000).toISOString(), resume: `r.${visitor.id}`, device: 'd', visitor, inbox }];
  }],
  ['POST', /^\/v1\/widget\/sessions\/end$/, () => [204]],
  ['PATCH', /^\/v1\/widget\/me$/, (_m, body, visitor) => [200, Object.assign(visitor, body)]],
  ['GET', /^\/v1\/widget\/conversations$/, (_m, _b, visitor) => [200, { items: [...conversations.values()].filter((one) => one.visitor === visitor.id).map(row) }]],
  ['POST', /^\/v1\/widget\/conversations$/, (_m, body, visitor) => {
    const known = [...conversations.values()].find((one) => one.ids.has(body.clientId));
    const conversation = known ?? open(visitor);
    const entry = post(conversation, visitor, body);
    return [201, { conversation: row(conversation), entry }];
  }],
  ['GET', /^\/v1\/widget\/conversations\/([^/]+)\/timeline$/, ([, id], _b, _v, query) => {
    const { entries } = conversations.get(id);
    const [after, before, limit] = ['after', 'before', 'limit'].map((name) => Number(query.get(name) ?? 0));
    const part = after ? entries.filter((entry) => entry.seq > after).slice(0, limit) : entries.filter((entry) => !before || entry.seq < before).slice(-limit);
    return [200, { items: part, more: after ? entries.at(-1).seq > (part.at(-1)?.seq ?? 0) : entries[0]?.seq < part[0]?.seq }];
  }],
  ['POST', /^\/v1\/widget\/conversations\/([^/]+)\/messages$/, ([, id], body, visitor) => {
    if (body.content.text === 'refuse me') return [422, { code: 'content.refused', status: 422, title: 'No' }];
    return [201, post(conversations.get(id), visitor, body)];
  }],
  ['PATCH', /^\/v1\/widget\/conversations\/([^/]+)\/messages\/(\d+)$/, ([, id, seq], body, visitor) =>
    [200, { entries: [append(conversations.get(id), { type: 'edited', author: { kind: 'contact', id: visitor.id }, of: Number(seq), content: body.content })] }]],
  ['DELETE', /^\/v1\/widget\/conversations\/([^/]+)\/messages\/(\d+)$/, ([, id, seq], _b, visitor) =>
    [200, { entries: [append(conversations.get(id), { type: 'deleted', author: { kind: 'contact', id: visitor.id }, of: Number(seq) })] }]],
  ['PUT|DELETE', /^\/v1\/widget\/conversations\/([^/]+)\/messages\/(\d+)\/reactions\/(.+)$/, ([, id, seq, emoji], _b, visitor, _q, method) =>
    [200, { entries: [append(conversations.get(id), { type: 'reacted', author: { kind: 'contact', id: visitor.id }, of: Number(seq), emoji: decodeURIComponent(emoji), on: method === 'PUT' })] }]],
  ['PUT', /^\/v1\/widget\/conversations\/([^/]+)\/seen$/, ([, id], body) => ((conversations.get(id).seen = body.seq), [204])],
  // ---- the other side
  ['POST', /^\/fake\/say$/, (_m, { conversation, as = 'noor', ...content }) => {
    const target = conversation ? conversations.get(conversation) : [...conversations.values()].at(-1);
    return [200, append(target, { type: 'message', author: as === 'kim' ? kim : noor, content: { type: 'text', ...content } })];
  }],
  ['POST', /^\/fake\/fact$/, (_m, body) => [200, append([...conversations.values()].at(-1), { author: noor, ...body })]],
  ['POST', /^\/fake\/typing$/, (_m, { on = true }) => (tell({ type: 'signal', kind: 'typing', conversation: [...conversations.keys()].at(-1), on, author: noor }), [200, {}])],
  ['POST', /^\/fake\/mark$/, (_m, body) => (tell({ type: 'mark', conversation: [...conversations.keys()].at(-1), at: new Date().toISOString(), ...body }), [200, {}])],
  ['POST', /^\/fake\/break$/, (_m, body) => {
    broken = body.on;
    if (broken) for (const stream of streams) stream.answer.destroy();
    return [200, {}];
  }],
  ['GET', /^\/fake\/state$/, () => [200, { conversations: [...conversations.values()].map((one) => ({ ...one, ids: undefined })), streams: streams.size }]],
];

async function handle(request, answer) {
  const url = new URL(request.url, 'http://fake');
  const send = (status, body, type = 'application/json', more = {}) => answer.writeHead(status, { 'Content-Type': type, 'Access-Control-Allow-Origin': '*', ...more }).end(body);
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const raw = Buffer.concat(chunks);
  if (broken && !url.pathname.startsWith('/fake/')) return request.socket.destroy();
  if (url.pathname === '/parley.js') return send(200, readFileSync(`${dist}parley.js`), mime.js);
  if (url.pathname.startsWith('/widget/')) {
    const name = url.pathname === '/widget/' ? 'widget/index.html' : url.pathname.slice(1);
    if (!existsSync(dist + name)) return send(404, '');
    return send(200, readFileSync(dist + name), mime[name.split('.').at(-1)] ?? 'text/plain', { 'Content-Security-Policy': policy });
  }
  if (url.pathname.startsWith('/files/')) {
    const file = files.get(url.pathname.slice(7));
    return send(200, file.bytes, file.meta.mime);
  }
  const visitor = visitors.get(request.headers.authorization?.slice(7));
  if (url.pathname === '/v1/stream/sse') {
    answer.writeHead(200, { 'Content-Type': 'text/event-stream' });
    const stream = { answer, visitor: visitor?.id };
    streams.add(stream);
    request.on('close', () => streams.delete(stream));
    answer.on('close', () => streams.delete(stream));
    answer.write(`data: ${JSON.stringify({ type: 'hello', cursor: `c${number}`, me: { kind: 'contact', id: visitor?.id }, beatSeconds: 30 })}\n\n`);
    return undefined;
  }
  if (url.pathname === '/v1/widget/files') {
    const head = raw.subarray(0, 600).toString('latin1');
    const name = Buffer.from(/filename="([^"]*)"/.exec(head)[1], 'latin1').toString();
    const bytes = raw.subarray(raw.indexOf('\r\n\r\n') + 4, raw.lastIndexOf('\r\n--'));
    const id = `fil_${files.size + 1}`;
    const kind = /Content-Type: (.*)\r/.exec(head)[1];
    files.set(id, { bytes, meta: { id, name, size: bytes.length, mime: kind, url: `/files/${id}` } });
    return send(201, JSON.stringify(files.get(id).meta));
  }
  for (const [methods, pattern, act] of routes) {
    const match = pattern.exec(url.pathname);
    if (!match || !methods.split('|').includes(request.method)) continue;
    const [status, body] = act(match, raw.length ? JSON.parse(raw) : {}, visitor, url.searchParams, request.method);
    return send(status, body === undefined ? undefined : JSON.stringify(body));
  }
  return send(404, JSON.stringify({ code: 'route.unknown', status: 404 }));
}

const shop = (path) => `<!doctype html><html lang="${/lang=(\w+)/.exec(path)?.[1] ?? 'en'}" dir="${path.includes('rtl') ? 'rtl' : 'ltr'}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Lighthouse – sailing gear</title><style>body{font:16px system-ui;margin:0;background:#eef3f5}main{max-width:880px;margin:auto;padding:40px}p{line-height:1.7}</style>
<main><h1>Foul-weather jacket “Skagen”</h1>${'<p>Three layers, taped seams, and a collar that stays up when the wind does not agree. Made for long watches in the North Sea.</p>'.repeat(12)}<p><a href="/two">Another page</a></p></main>
<script>window.Parley = window.Parley || []; Parley.push(['on', 'ready', () => document.documentElement.dataset.ready = '1']);</script>
<script async src="http://127.0.0.1:${port}/parley.js" data-inbox="inb_shop"${path.includes('dark') ? ' data-theme="dark"' : path.includes('light') ? ' data-theme="light"' : ''}></script></html>`;

createServer((request, answer) => void handle(request, answer)).listen(port, '127.0.0.1');
createServer((request, answer) => answer.writeHead(200, { 'Content-Type': mime.html }).end(shop(request.url))).listen(port + 1, '127.0.0.1', () => console.log(`fake on ${port}, shop on http://127.0.0.1:${port + 1}/`));
