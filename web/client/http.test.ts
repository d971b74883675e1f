import { describe, expect, it } from 'vitest';
import { backoff } from './backoff';
import { Http } from './http';
import { Problem } from './problem';
import { uuid7 } from './uuid';
import { AgentApi } from './agentApi';
import { VisitorApi } from './visitorApi';

type Call = { url: string; init: RequestInit };

function answering(...answers: (Response | Error)[]) {
  const calls: Call[] = [];
  const fetch = (async (url: string, init: RequestInit) => {
    calls.push({ url, init });
    const answer = answers.shift()!;
    if (answer instanceof Error) throw answer;
    return answer;
  }) as unknown as typeof globalThis.fetch;
  return { calls, fetch };
}

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) => new Response(JSON.stringify(body), { status, headers });

describe('a visitor', () => {
  it('has all their conversations, page by page', async () => {
    const net = answering(json({ items: [{ id: 'cnv_1' }], next: 'more' }), json({ items: [{ id: 'cnv_2' }] }));
    const api = new VisitorApi(new Http({ base: 'https://parley.test', fetch: net.fetch }));
    expect((await api.threads()).map((thread) => thread.id)).toEqual(['cnv_1', 'cnv_2']);
    expect(net.calls.map((call) => call.url)).toEqual(['https://parley.test/v1/widget/conversations', 'https://parley.test/v1/widget/conversations?cursor=more']);
  });
});

describe('calls', () => {
  it('carry JSON, the token and what every call carries', async () => {
    const net = answering(json({ ok: 1 }));
    const http = new Http({ base: 'https://parley.test', token: async () => 'secret', headers: { 'X-Parley': '1' }, fetch: net.fetch });
    expect(await http.call('POST', '/v1/x', { body: { a: 'ü' }, query: { limit: 5, cursor: undefined } })).toEqual({ ok: 1 });
    expect(net.calls[0]).toMatchObject({
      url: 'https://parley.test/v1/x?limit=5',
      init: { method: 'POST', body: '{"a":"ü"}', headers: { Authorization: 'Bearer secret', 'X-Parley': '1', 'Content-Type': 'application/json' } },
    });
  });

  it('answer nothing with nothing', async () => {
    const net = answering(new Response(null, { status: 204 }));
    expect(await new Http({ fetch: net.fetch }).call('PUT', '/v1/x', { body: {} })).toBeUndefined();
  });

  it('renew a refused token once', async () => {
    const asked: boolean[] = [];
    const net = answering(json({}, 401), json({ ok: 1 }), json({ code: 'token.expired' }, 401), json({ code: 'token.expired' }, 401));
    const http = new Http({ token: async (renew) => (asked.push(renew), 't'), fetch: net.fetch });
    expect(await http.get('/v1/x')).toEqual({ ok: 1 });
    await expect(http.get('/v1/x')).rejects.toMatchObject({ code: 'token.expired', status: 401 });
    expect(asked).toEqual([false, true, false, true]);
  });

  it('quote what stands in a path', async () => {
    const net = answering(json({ entries: [] }));
    await AgentApi.over(net.fetch).label('cnv_1', 'a/b ü', true);
    expect(net.calls[0]!.url).toBe('/v1/conversations/cnv_1/labels/a%2Fb%20%C3%BC');
  });
});

describe('problems', () => {
  const refused = async (answer: Response | Error): Promise<Problem> => {
    const net = answering(answer);
    return new Http({ fetch: net.fetch }).get('/v1/x').then(
      () => { throw new Error('not refused'); },
      (error: unknown) => error as Problem,
    );
  };

  it('keep their code, their words and how long to wait', async () => {
    const problem = await refused(json({ code: 'rate.limited', title: 'Slow', detail: 'Slow down.' }, 429, { 'Retry-After': '3' }));
    expect(problem).toMatchObject({ code: 'rate.limited', status: 429, message: 'Slow down.', retryAfterMs: 3000, passing: true });
  });

  it('are made of whatever a proxy answers', async () => {
    expect(await refused(new Response('<h1>Bad gateway</h1>', { status: 502 }))).toMatchObject({ code: 'http.502', passing: true });
    expect(await refused(json({ code: 'conversation.unknown' }, 404))).toMatchObject({ passing: false });
  });

  it('name a missing network', async () => {
    expect(await refused(new TypeError('Failed to fetch'))).toMatchObject({ code: 'network', status: 0, passing: true });
  });
});

describe('backoff', () => {
  it('doubles up to half a minute, the upper half by chance', () => {
    expect([0, 1, 2, 6, 50].map((n) => backoff(n, () => 0))).toEqual([250, 500, 1000, 15_000, 15_000]);
    expect([0, 6].map((n) => backoff(n, () => 1))).toEqual([500, 30_000]);
  });
});

describe('uuid7', () => {
  it('bears its time, its version and its variant', () => {
    const id = uuid7(0x0192_3456_789a, (bytes) => bytes.fill(0xff));
    expect(id).toBe('01923456-789a-7fff-bfff-ffffffffffff');
  });

  it('sorts by time and never repeats', () => {
    const ids = Array.from({ length: 500 }, (_, i) => uuid7(1_700_000_000_000 + i));
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(500);
    expect(ids.every((id) => id.length <= 64)).toBe(true);
  });
});
