import { afterEach, expect, it, vi } from 'vitest';
import { able, allowed, watchLock } from './lock';

class Fake extends EventTarget {
  static last: Fake;
  static granted: PermissionState = 'granted';
  static requestPermission = async () => Fake.granted;
  screenState: 'locked' | 'unlocked' = 'unlocked';
  signal?: AbortSignal;

  constructor() {
    super();
    Fake.last = this;
  }

  async start({ signal }: { signal: AbortSignal }) {
    this.signal = signal;
    if (Fake.granted !== 'granted') throw new DOMException('not allowed', 'NotAllowedError');
  }

  become(state: 'locked' | 'unlocked') {
    this.screenState = state;
    this.dispatchEvent(new Event('change'));
  }
}

afterEach(() => vi.unstubAllGlobals());

it('tells of every locking, of nothing else, and of none when it is over', async () => {
  vi.stubGlobal('IdleDetector', Fake);
  expect(able()).toBe(true);
  expect(await allowed()).toBe(true);
  const tell = vi.fn();
  const end = watchLock(tell);
  Fake.last.become('locked');
  Fake.last.become('unlocked');
  Fake.last.become('locked');
  expect(tell).toHaveBeenCalledTimes(2);
  end();
  expect(Fake.last.signal?.aborted).toBe(true);
  Fake.last.become('locked');
  expect(tell).toHaveBeenCalledTimes(2);
});

it('is quiet where the browser cannot tell or may not', async () => {
  expect(able()).toBe(false);
  expect(await allowed()).toBe(false);
  watchLock(() => expect.unreachable())();
  vi.stubGlobal('IdleDetector', Fake);
  Fake.granted = 'denied';
  expect(await allowed()).toBe(false);
  watchLock(() => expect.unreachable())();
});
