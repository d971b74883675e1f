import { beforeAll, expect, it, vi } from 'vitest';

let route: typeof import('./route.svelte');

beforeAll(async () => {
  vi.stubGlobal('location', { hash: '' });
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined });
  route = await import('./route.svelte');
});

it('reads back every place that it writes', () => {
  for (const place of [
    { screen: 'inbox', view: 'mine' },
    { screen: 'inbox', view: 'inbox:inb_1', conversation: 'cnv_1', at: 12 },
    { screen: 'search', q: 'a b/c?', conversation: 'cnv_2' },
    { screen: 'settings', page: 'inboxes', id: 'inb_1' },
    { screen: 'settings', page: 'brands', id: 'brd_1', part: 'texts' },
  ] as const)
    expect(route.parse(route.write(place))).toEqual(place);
});

it('leads somewhere from any address', () => {
  expect(route.parse('')).toEqual({ screen: 'inbox', view: 'mine' });
  expect(route.parse('#/settings/nonsense')).toEqual({ screen: 'settings', page: 'me' });
  expect(route.parse('#/all/cnv_1?at=-3')).toEqual({ screen: 'inbox', view: 'all', conversation: 'cnv_1' });
});
