import { FakeParley } from './fake';

/** The console over a Parley in memory, for looking at it without a server. Never part of a build. */
const fake = new FakeParley(new URLSearchParams(location.search));
fake.install();
Object.assign(globalThis, { fake });
await import('../app/main');
