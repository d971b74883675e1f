import { describe, expect, it } from 'vitest';
import { copied, flawsOf, nextOf, reopens, runs, spansOf, stretch, week, weekOf, type Week } from './hours';

const office = [
  { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '12:30' },
  { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '13:30', to: '17:00' },
  { days: ['sat'], from: '10:00', to: '24:00' },
] as Parameters<typeof weekOf>[0];
const none = () => weekOf([]);
const flaws = (of: Partial<Record<keyof Week, [string, string][]>>) => [...flawsOf({ ...none(), ...Object.fromEntries(Object.entries(of).map(([day, all]) => [day, all.map(([from, to]) => stretch(from, to))])) }).values()];

describe('KU2 opening hours', () => {
  it('are a table of days, and spans again', () => {
    const table = weekOf(office);
    expect(table.tue.map(({ from, to }) => [from, to])).toEqual([['09:00', '12:30'], ['13:30', '17:00']]);
    expect(table.sat[0]!.to).toBe('00:00');
    expect(table.sun).toEqual([]);
    expect(spansOf(table)).toEqual(office);
    expect(spansOf(none())).toEqual([]);
    // A night says that it is one.
    const night = [{ days: ['fri'], from: '22:00', to: '02:00', nextDay: true }] as Parameters<typeof weekOf>[0];
    expect(spansOf(weekOf(night))).toEqual(night);
  });

  it('may cross midnight and touch, but not lie over each other', () => {
    expect(flaws({ mon: [['09:00', '12:00'], ['12:00', '17:00']] })).toEqual([]);
    expect(flaws({ fri: [['22:00', '02:00']], sat: [['02:00', '04:00']] })).toEqual([]);
    expect(flaws({ mon: [['09:00', '12:00'], ['11:00', '17:00']] })).toEqual(['overlap']);
    expect(flaws({ sun: [['22:00', '02:00']], mon: [['01:00', '04:00']] })).toEqual(['overlap']);
    expect(flaws({ mon: [['00:00', '00:00']] })).toEqual([]);
    expect(flaws({ mon: [['09:00', '09:00'], ['', '17:00']] })).toEqual(['same', 'empty']);
  });

  it('are copied from one day to others', () => {
    const table = copied(weekOf(office), 'sat', ['sat', 'sun', 'mon']);
    expect(table.sun.map(({ from, to }) => [from, to])).toEqual([['10:00', '00:00']]);
    expect(table.mon).toHaveLength(1);
    expect(table.tue).toHaveLength(2);
    expect(table.sun[0]!.id).not.toBe(table.sat[0]!.id);
  });

  it('go on after the last of a day', () => {
    expect(nextOf([])).toMatchObject({ from: '09:00', to: '17:00' });
    expect(nextOf([stretch('09:00', '12:00')])).toMatchObject({ from: '13:00', to: '17:00' });
    expect(nextOf([stretch('09:00', '20:30')])).toMatchObject({ from: '21:30', to: '23:00' });
    expect(nextOf([stretch('18:00', '02:00')])).toMatchObject({ from: '09:00' });
  });

  it('are said in runs of days', () => {
    expect(runs(office)).toEqual([['mon', 'sat']]);
    expect(runs([{ days: ['sun', 'mon', 'wed', 'thu'], from: '09:00', to: '10:00' }])).toEqual([['mon', 'mon'], ['wed', 'thu'], ['sun', 'sun']]);
  });

  it('say when it opens again, to whoever comes while it is closed', () => {
    const again = (now: string, hours = office, zone = 'Europe/Berlin') => {
      const at = reopens(zone, hours, Date.parse(now));
      return at && new Date(at).toISOString();
    };
    // Berlin is an hour ahead of UTC in winter. In the morning, over noon, in the evening, and on the way into the weekend.
    expect(again('2026-01-06T06:30:20Z')).toBe('2026-01-06T08:00:00.000Z');
    expect(again('2026-01-06T10:00:00Z')).toBe('2026-01-06T12:30:00.000Z');
    expect(again('2026-01-06T11:30:00Z')).toBe('2026-01-06T12:30:00.000Z');
    expect(again('2026-01-06T16:00:00Z')).toBe('2026-01-07T08:00:00.000Z');
    expect(again('2026-01-09T20:00:00Z')).toBe('2026-01-10T09:00:00.000Z');
    expect(again('2026-01-10T12:00:00Z')).toBe('2026-01-12T08:00:00.000Z');
    // The clock is put forward on the Sunday between, and back in October.
    expect(again('2026-03-28T23:30:00Z')).toBe('2026-03-30T07:00:00.000Z');
    expect(again('2026-10-24T23:30:00Z')).toBe('2026-10-26T08:00:00.000Z');
    // The night of Sunday reaches into Monday; what touches is one; what never closes opens never.
    const nights = [{ days: ['sun'], from: '22:00', to: '06:00' }, { days: ['mon'], from: '06:00', to: '08:00' }] as typeof office;
    expect(again('2026-01-05T03:00:00Z', nights, 'UTC')).toBe('2026-01-11T22:00:00.000Z');
    expect(again('2026-01-05T03:00:00Z', [{ days: [...week], from: '00:00', to: '24:00' }], 'UTC')).toBeUndefined();
    expect(again('2026-01-05T03:00:00Z', [])).toBeUndefined();
  });
});
