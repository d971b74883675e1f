import { describe, expect, it } from 'vitest';
import { ago, clock, dayMark, dayNumber, exact, hours, moment, short } from './times';

const at = (iso: string) => Date.parse(iso);
const en = { language: 'en-GB', zone: 'Europe/Amsterdam' };
const de = { language: 'de', zone: 'Europe/Berlin' };
const now = at('2026-03-05T13:00:00Z'); // a Thursday, 14:00 in Amsterdam

describe('short', () => {
  it('grows coarser with age', () => {
    expect(short(now - 20_000, now, en)).toBe('Now');
    expect(short(now - 5 * 60_000, now, en)).toBe('5m');
    expect(short(now - 3 * 3_600_000, now, en)).toBe('11:00');
    expect(short(at('2026-03-04T20:00:00Z'), now, en)).toBe('Yesterday');
    expect(short(at('2026-03-02T20:00:00Z'), now, en)).toBe('Mon');
    expect(short(at('2026-02-02T20:00:00Z'), now, en)).toBe('2 Feb');
    expect(short(at('2024-02-02T20:00:00Z'), now, en)).toBe('2 Feb 2024');
  });

  it('counts days in the reader’s zone, not in UTC', () => {
    const late = at('2026-03-04T23:30:00Z'); // already the 5th in Amsterdam
    expect(short(late, now, en)).toBe('0:30');
    expect(short(late, now, { language: 'en-GB', zone: 'UTC' })).toBe('Yesterday');
  });
});

describe('dayMark', () => {
  it('names near days and dates far ones', () => {
    expect(dayMark(now, now, en)).toBe('Today');
    expect(dayMark(now - 86_400_000, now, de)).toBe('Gestern');
    expect(dayMark(at('2026-03-02T12:00:00Z'), now, en)).toBe('Monday');
    expect(dayMark(at('2025-12-24T12:00:00Z'), now, en)).toBe('24 December 2025');
  });
});

describe('moment', () => {
  it('says a time to come as people do', () => {
    expect(moment(at('2026-03-05T13:20:00Z'), now, en)).toBe('today at 14:20');
    expect(moment(at('2026-03-06T08:00:00Z'), now, en)).toBe('tomorrow at 9:00');
    expect(moment(at('2026-03-06T08:00:00Z'), now, de)).toBe('morgen um 9:00');
    expect(moment(at('2026-03-09T11:00:00Z'), now, en)).toBe('Monday at 12:00');
    expect(moment(at('2026-04-09T10:00:00Z'), now, { language: 'es', zone: 'Europe/Madrid' })).toBe('el 9 de abril a las 12:00');
  });

  it('is right across the change to summer time', () => {
    const before = at('2026-03-28T22:30:00Z'); // 23:30; the night loses an hour
    expect(moment(at('2026-03-29T07:00:00Z'), before, en)).toBe('tomorrow at 9:00');
    expect(dayNumber(at('2026-03-29T21:59:00Z'), en.zone)).toBe(dayNumber(at('2026-03-28T23:01:00Z'), en.zone));
  });
});

describe('ago, clock and exact', () => {
  it('says the largest whole unit', () => {
    expect(ago(now - 90_000, now, 'en')).toBe('1 minute ago');
    expect(ago(now - 26 * 3_600_000, now, 'nl')).toBe('gisteren');
    expect(ago(now + 2 * 3_600_000, now, 'de')).toBe('in 2 Stunden');
  });

  it('says how long it lasts by now in hours, and after two days in days', () => {
    expect([3_600, 47.9 * 3_600, 50 * 3_600].map((seconds) => hours(seconds, 'en'))).toEqual(['1h', '47h', '2d']);
  });

  it('gives the whole truth on demand', () => {
    expect(clock(now, en)).toBe('14:00');
    expect(exact(now, en)).toMatch(/^Thursday.* 5 March 2026 at 14:00:00$/);
  });
});
