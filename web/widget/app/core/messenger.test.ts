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
  let grant = () => {};
  const granted = new Promise<void>((resolve) => (grant = resolve));
  vi.stubGlobal('navigator', { language: 'en' });
  vi.stubGlobal('location', { origin: 'https://parley.test' });
  vi.stubGlobal('document', { visibilityState: 'visible' });
  vi.stubGlobal('WebSocket', class { close() {} });
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => {
    asked.push(`${init.method ?? 'GET'} ${url}`);
    if (url.endsWith('/end')) return new Response(null, { status: 204 });
    if (!url.endsWith('/sessions')) return Response.json({ items: [], more: false });
    await granted;
    return Response.json({ token: 't', resume: 'r', visitor: { id: 'con_ana', verified: false }, inbox: { id: 'inb_shop' } }, { status: 201 });
  });
  const messenger = new Messenger('inb_shop', { framed: true, tell: (letter) => told.push(letter.kind) });
  await messenger.prepare();
  return { messenger, asked, told, grant };
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
