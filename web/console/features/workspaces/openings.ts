import type { Brand, Calendar, SpecialDay } from '$client';
import { always, clockSpan, flawsOf, spansOf, stretch, week, weekOf, type Flaw, type Stretch, type Week } from './hours';

/** A date on which the week does not count; without a stretch it is closed. */
export interface Special {
  /** Only for telling it from the others. */
  id: number;
  date: string;
  stretches: Stretch[];
}

/** Hours as they stand in a form. What is not said now is kept: who tries the other choice finds it again. */
export interface Opening {
  zone: string;
  certain: 'always' | 'hours';
  week: Week;
  special: Special[];
}

let last = 0;
const office = () => weekOf([{ days: week.slice(0, 5), from: '09:00', to: '17:00' }]);

export const specialOf = (date: string, stretches: Stretch[] = []): Special => ({ id: ++last, date, stretches });

const specials = (days: readonly SpecialDay[]) => days.map(({ date, intervals }) => specialOf(date, intervals.map(({ from, to }) => stretch(from, to === '24:00' ? '00:00' : to))));

export function ofBrand({ zone, hours, exceptions }: Pick<Brand, 'zone' | 'hours' | 'exceptions'>): Opening {
  return { zone, certain: hours.length ? 'hours' : 'always', week: hours.length ? weekOf(hours) : office(), special: specials(exceptions) };
}

/** @param zone where the calendar names none */
export function ofCalendar(calendar: Calendar, zone: string): Opening {
  if (calendar === 'always') return { zone, certain: 'always', week: office(), special: [] };
  return { zone: calendar.zone, certain: 'hours', week: weekOf(calendar.week.map(({ day, ...span }) => ({ days: [day], ...span }))), special: specials(calendar.exceptions ?? []) };
}

const exceptions = (of: Opening): SpecialDay[] =>
  of.special.map(({ date, stretches }) => ({ date, intervals: stretches.map(({ from, to }) => clockSpan(from, to)) })).sort((a, b) => a.date.localeCompare(b.date));

export const asBrand = (of: Opening): Pick<Brand, 'zone' | 'hours' | 'exceptions'> => ({ zone: of.zone, hours: of.certain === 'always' ? [] : spansOf(of.week), exceptions: exceptions(of) });

export function asCalendar(of: Opening): Calendar {
  if (of.certain === 'always') return 'always';
  const spans = week.flatMap((day) => of.week[day].map(({ from, to }) => ({ day, ...clockSpan(from, to) })));
  return { zone: of.zone, week: spans, ...(of.special.length ? { exceptions: exceptions(of) } : {}) };
}

/** What is wrong with the dates, by the id of the date or of the stretch. */
export function specialFlaws(of: readonly Special[]): { dates: Map<number, 'missing' | 'twice'>; stretches: Map<number, Flaw> } {
  const dates = new Map<number, 'missing' | 'twice'>();
  const stretches = new Map<number, Flaw>();
  const seen = new Set<string>();
  for (const { id, date, stretches: all } of of) {
    if (!date) dates.set(id, 'missing');
    else if (seen.has(date)) dates.set(id, 'twice');
    seen.add(date);
    // A week with this one day in it has the same flaws.
    for (const [it, flaw] of flawsOf({ ...weekOf([]), mon: all })) stretches.set(it, flaw);
  }
  return { dates, stretches };
}

/** Whether it never opens by its week: nearly always a slip. */
export const never = (of: Opening): boolean => of.certain === 'hours' && always(of.week);

export function sound(of: Opening): boolean {
  const flaws = specialFlaws(of.special);
  return !never(of) && (of.certain === 'always' || flawsOf(of.week).size === 0) && flaws.dates.size === 0 && flaws.stretches.size === 0;
}
