import { describe, expect, it } from 'vitest';
import type { Calendar } from '$client';
import { stretch } from './hours';
import { asBrand, asCalendar, never, ofBrand, ofCalendar, sound, specialFlaws, specialOf } from './openings';

const shop: Calendar = {
  zone: 'Europe/Berlin',
  week: [
    { day: 'mon', from: '09:00', to: '12:00' },
    { day: 'mon', from: '13:00', to: '24:00' },
    { day: 'fri', from: '22:00', to: '02:00', nextDay: true },
  ],
  exceptions: [
    { date: '2026-12-24', intervals: [{ from: '09:00', to: '12:00' }] },
    { date: '2026-12-25', intervals: [] },
  ],
};

describe('ZD5 hours in a form', () => {
  it('are what they were when nobody changed anything', () => {
    expect(asCalendar(ofCalendar(shop, 'UTC'))).toEqual(shop);
    expect(asCalendar(ofCalendar('always', 'UTC'))).toBe('always');
    const brand = { zone: 'Europe/Berlin', hours: [{ days: ['mon' as const, 'fri' as const], from: '22:00', to: '06:00', nextDay: true }], exceptions: [{ date: '2026-12-25', intervals: [] }] };
    expect(asBrand(ofBrand(brand))).toEqual(brand);
    expect(asBrand(ofBrand({ zone: 'UTC', hours: [], exceptions: [] }))).toEqual({ zone: 'UTC', hours: [], exceptions: [] });
  });

  it('begin as an office has them where there were none', () => {
    const always = ofCalendar('always', 'Europe/Berlin');
    expect(asCalendar({ ...always, certain: 'hours' })).toMatchObject({ zone: 'Europe/Berlin', week: { length: 5 } });
  });

  it('name each date once, in order', () => {
    const of = { ...ofCalendar(shop, 'UTC'), special: [specialOf('2026-12-26'), specialOf('2026-12-24'), specialOf('2026-12-26'), specialOf('')] };
    expect([...specialFlaws(of.special).dates.values()]).toEqual(['twice', 'missing']);
    expect(sound(of)).toBe(false);
    const good = { ...of, special: of.special.slice(0, 2) };
    expect(sound(good)).toBe(true);
    expect(asCalendar(good)).toMatchObject({ exceptions: [{ date: '2026-12-24' }, { date: '2026-12-26' }] });
  });

  it('are refused on a date as in the week', () => {
    const special = [specialOf('2026-12-24', [stretch('09:00', '09:00'), stretch('10:00', '12:00'), stretch('11:00', '13:00')])];
    expect([...specialFlaws(special).stretches.values()]).toEqual(['same', 'overlap']);
    expect(sound({ ...ofCalendar('always', 'UTC'), special })).toBe(false);
  });

  it('that never open are a slip', () => {
    const of = ofCalendar({ zone: 'UTC', week: [] }, 'UTC');
    expect(never(of)).toBe(true);
    expect(sound(of)).toBe(false);
  });
});
