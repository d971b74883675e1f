import { afterEach, expect, it, vi } from 'vitest';
import type { ToApp } from '../../shared/letters';
import { Messenger } from './messenger.svelte';

type Hello = Extract<ToApp, { kind: 'hello' }>;

afterEach(() => vi.unstubAllGlobals());

const hello: Hello = {
  kind: 'hello', open: true, resume: undefined, identity: undefined, consent: undefined, conversation: undefined,
  page: { url: 'https://shop.test/sails', title: 'Sails', referrer: '' },
};

/** A widget whose server grants a session only when it is let; what was asked of it, and what the page around was told. */
async function make() {
  const asked: string[] = [];
  const told: string[] = [];
  const answers: ((answer: Response) => void)[] = [];
  let grant = () => {};
  let visitor = 0;
  const granted = new Promise<void>((resolve) => (grant = resolve));
  vi.stubGlobal('navigator', { language: 'en' });
  vi.stubGlobal('location', { origin: 'https://parley.test' });
  vi.stubGlobal('document', { visibilityState: 'visible' });
  vi.stubGlobal('WebSocket', class { close() {} });
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => {
    asked.push(`${init.method ?? 'GET'} ${url}`);
    if (url.endsWith('/messages')) return new Promise<Response>((resolve) => answers.push(resolve));
    if (url.endsWith('/end')) return new Response(null, { status: 204 });
    if (!url.endsWith('/sessions')) return Response.json({ items: [], more: false });
    await granted;
    return Response.json({ token: 't', resume: 'r', visitor: { id: `con_${visitor++}`, verified: false }, inbox: { id: 'inb_shop' } }, { status: 201 });
  });
  const messenger = new Messenger('inb_shop', { framed: true, tell: (letter) => told.push(letter.kind) });
  await messenger.prepare();
  return { messenger, asked, told, grant, answers };
}

it('shows what was asked for before there was a session, as soon as there is one', async () => {
  const { messenger, grant } = await make();
  const started = messenger.start(hello);
  messenger.show('cnv_order');
  expect(messenger.current).toBeUndefined();
  expect(messenger.returning).toBe(true);
  grant();
  await started;
  expect(messenger.current?.id).toBe('cnv_order');
  expect(messenger.returning).toBe(false);
});

it('shows what was asked for last', async () => {
  const { messenger, grant } = await make();
  const started = messenger.start({ ...hello, conversation: 'cnv_first' });
  messenger.show('cnv_second');
  grant();
  await started;
  expect(messenger.current?.id).toBe('cnv_second');
  messenger.show(undefined);
  expect(messenger.current).toBeUndefined();
  expect(messenger.returning).toBe(false);
});

it('takes a farewell that comes right after the hello', async () => {
  const { messenger, asked, told, grant } = await make();
  const started = messenger.start(hello);
  const left = messenger.shutdown();
  grant();
  await Promise.all([started, left]);
  expect(asked.at(-1)).toBe('POST /v1/widget/sessions/end');
  expect(told).toEqual(['ended']);
  expect(messenger.current).toBeUndefined();
});

it('what is not out when somebody signs out is said by nobody, and by no stranger', async () => {
  const { messenger, asked, grant, answers } = await make();
  grant();
  await messenger.start({ ...hello, conversation: 'cnv_order' });
  await messenger.send('The first is on its way', []);
  await messenger.send('The second waits behind it', []);
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  await messenger.shutdown();
  // It came after the end: these tokens are worth nothing any more.
  answers[0]!(Response.json({ code: 'token.invalid' }, { status: 401 }));
  await vi.waitFor(() => expect(asked.filter((one) => one.endsWith('/v1/widget/sessions'))).toHaveLength(2));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(asked.filter((one) => one.endsWith('/messages'))).toHaveLength(1);
});
