import { describe, expect, it } from 'vitest';
import { stayed } from './stays';

const now = Date.parse('2026-03-02T09:10:00Z');

describe('PA5 the way of a visitor', () => {
  it('says how long a page was looked at, and of the one they are on, how long already', () => {
    expect(stayed({ url: 'https://shop.test/', at: '2026-03-02T09:00:00Z', until: '2026-03-02T09:00:40Z' }, now, true)).toBe(40_000);
    expect(stayed({ url: 'https://shop.test/', at: '2026-03-02T09:09:00Z' }, now, true)).toBe(60_000);
    expect(stayed({ url: 'https://shop.test/', at: '2026-03-02T09:09:00Z' }, now, false)).toBeUndefined();
  });
});
