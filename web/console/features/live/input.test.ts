import { expect, it, vi } from 'vitest';
import { Input } from './input';

it('tells of input once a minute, and of none where there is none', () => {
  let now = 0;
  const tell = vi.fn();
  const input = new Input(() => now, tell);
  input.sign();
  input.sign();
  now += 59_000;
  input.sign();
  expect(tell).toHaveBeenCalledTimes(1);
  now += 1_000;
  input.sign();
  expect(tell).toHaveBeenCalledTimes(2);
  now += 600_000;
  expect(tell).toHaveBeenCalledTimes(2);
});
