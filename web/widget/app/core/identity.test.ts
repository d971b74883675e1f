import { afterEach, expect, it, vi } from 'vitest';
import { Identity, type Standing } from './identity';

afterEach(() => vi.unstubAllGlobals());

/** What was asked of the server with each session, and an identity that asks it. */
function make(standing: Partial<Standing> = {}, who = () => ({ id: 'con_1', verified: false })) {
  const asked: Record<string, unknown>[] = [];
  const lapsed = vi.fn();
  const answer = () => {
    const visitor = who();
    return Response.json({ token: `t${asked.length}`, resume: `r${asked.length}`, visitor, inbox: {} }, { status: 201 });
  };
  vi.stubGlobal('navigator', { language: 'en' });
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
    asked.push(JSON.parse(init.body as string) as Record<string, unknown>);
    return Promise.resolve(answer());
  });
  const page = { url: 'https://shop.test/sails', title: 'Sails', referrer: '' };
  return { asked, lapsed, identity: new Identity({ inbox: 'inb_1', resume: undefined, identity: undefined, page, consent: undefined, said: '', locale: 'en', ...standing }, () => undefined, lapsed) };
}

it('says nothing of consent where the site said nothing', async () => {
  const { asked, identity } = make();
  await identity.token(false);
  expect(asked).toHaveLength(1);
  expect(asked[0]).not.toHaveProperty('consent');
});

it('says at once what the visitor allows, and goes on saying it', async () => {
  const { asked, identity } = make({ consent: true });
  await identity.token(false);
  await identity.consent(false);
  await identity.token(true);
  expect(asked.map((body) => body['consent'])).toEqual([true, false, false]);
  expect(asked[1]!['resume']).toBe('r1');
});

it('a word that comes while a session is asked for is not lost', async () => {
  const { asked, identity } = make();
  const first = identity.token(false);
  await identity.consent(true);
  await first;
  expect(asked.at(-1)!['consent']).toBe(true);
  // It stays the same browser: what the first session gave goes along.
  expect(asked.at(-1)!['resume']).toBe('r1');
});

it('PA21 says what is to be spoken only where the visitor or the site said so', async () => {
  const { asked, identity } = make();
  await identity.token(false);
  expect(asked[0]).toMatchObject({ locale: 'en' });
  expect(asked[0]).not.toHaveProperty('language');
  const site = make({ said: 'nl' });
  await site.identity.token(false);
  expect(site.asked[0]).toMatchObject({ language: 'nl' });
  // What the visitor chose on this device stands above the site.
  vi.stubGlobal('window', { localStorage: { getItem: (key: string) => (key === 'parley:language:inb_1' ? 'es' : null) } });
  const chosen = make({ said: 'nl' });
  await chosen.identity.token(false);
  expect(chosen.asked[0]).toMatchObject({ language: 'es' });
});

it('nobody who is known becomes a stranger while they look: nothing goes out until the site says again who they are', async () => {
  let verified = true;
  const { asked, lapsed, identity } = make({ identity: 'jwt-1' }, () => (verified ? { id: 'con_ana', verified } : { id: 'con_nobody', verified }));
  await identity.token(false);
  verified = false;
  await expect(identity.token(true)).rejects.toMatchObject({ passing: true });
  expect(lapsed).toHaveBeenCalledTimes(1);
  // It is not asked again and again, and what was good before is not handed out any more.
  await expect(identity.token(false)).rejects.toMatchObject({ passing: true });
  expect(asked).toHaveLength(2);
  expect(identity.visitor).toEqual({ id: 'con_ana', verified: true });
  expect(identity.resume).toBe('r1');
  verified = true;
  await identity.identify('jwt-2');
  expect(asked.at(-1)).toMatchObject({ identity: 'jwt-2', resume: 'r1' });
  expect(await identity.token(false)).toBe('t3');
  expect(lapsed).toHaveBeenCalledTimes(1);
});
