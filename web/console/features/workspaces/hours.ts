import type { ClockSpan, Day, OpeningSpan } from '$client';

export const week: readonly Day[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** From one clock to another on a day; an end at or before the beginning is on the next day. */
export interface Stretch {
  /** Only for telling it from the others. */
  id: number;
  from: string;
  to: string;
}

export type Week = Record<Day, Stretch[]>;

/** Why a stretch cannot stand: a clock is missing, it lasts no time, or another one of the same hours has it already. */
export type Flaw = 'empty' | 'same' | 'overlap';

let last = 0;
export const stretch = (from: string, to: string): Stretch => ({ id: ++last, from, to });

/** A clock has no 24:00, so the end of a day is shown as the beginning of the next. */
export function weekOf(hours: readonly OpeningSpan[]): Week {
  const all = Object.fromEntries(week.map((day) => [day, [] as Stretch[]])) as Week;
  for (const { days, from, to } of hours) for (const day of days) all[day].push(stretch(from, to === '24:00' ? '00:00' : to));
  for (const day of week) all[day].sort((a, b) => a.from.localeCompare(b.from));
  return all;
}

/** Days with the same stretch share a span. */
export function spansOf(of: Week): OpeningSpan[] {
  const spans = new Map<string, OpeningSpan>();
  for (const day of week)
    for (const { from, to } of of[day]) {
      const span = spans.get(from + to) ?? { days: [], ...clockSpan(from, to) };
      if (!span.days.includes(day)) span.days.push(day);
      spans.set(from + to, span);
    }
  return [...spans.values()];
}

export const always = (of: Week): boolean => week.every((day) => of[day].length === 0);

/** What is wrong, by the id of the stretch. */
export function flawsOf(of: Week): Map<number, Flaw> {
  const flaws = new Map<number, Flaw>();
  const all = week.flatMap((day, n) => of[day].map((it) => ({ ...it, start: n * aDay + minutes(it.from), length: lengthOf(it) })));
  for (const it of all)
    if (!it.from || !it.to) flaws.set(it.id, 'empty');
    else if (it.length === 0) flaws.set(it.id, 'same');
  const sound = all.filter((it) => !flaws.has(it.id)).sort((a, b) => a.start - b.start);
  // The week is a ring: the night of Sunday reaches into Monday.
  sound.forEach((it, n) => {
    const next = sound[(n + 1) % sound.length]!;
    const gap = (next.start - it.start + 7 * aDay) % (7 * aDay);
    if (next !== it && gap < it.length) flaws.set(next.id, 'overlap');
  });
  return flaws;
}

/** What the server is told: the end of the day is 24:00, and a night says that it is one. */
export const clockSpan = (from: string, to: string): ClockSpan => (to === '00:00' ? { from, to: '24:00' } : to <= from ? { from, to, nextDay: true } : { from, to });

export const overnight = (it: Stretch): boolean => !!it.from && !!it.to && it.to !== '00:00' && it.to <= it.from;

/** The same hours on other days. */
export function copied(of: Week, from: Day, to: readonly Day[]): Week {
  return { ...of, ...Object.fromEntries(to.filter((day) => day !== from).map((day) => [day, of[from].map((it) => stretch(it.from, it.to))])) };
}

/** The next one of a day: after its last, as long as there is room, else as an office has it. */
export function nextOf(day: readonly Stretch[]): Stretch {
  const end = day.at(-1)?.to ?? '';
  const from = minutes(end) + 60;
  return end && !overnight(day.at(-1)!) && end !== '00:00' && from < 22 * 60 ? stretch(clock(from), clock(Math.min(from + 240, aDay - 60))) : stretch('09:00', '17:00');
}

/**
 * When it opens next, as whoever comes while it is closed is told: now, or after the hours that run now. Undefined where it never closes. Where the clock
 * is changed in between, the clock on the wall counts.
 */
export function reopens(zone: string, hours: readonly OpeningSpan[], now: number): number | undefined {
  const at = wall(zone, now);
  // What began last week may reach into this one, and what comes after the end of this one begins the next.
  const spans = [-1, 0, 1, 2]
    .flatMap((n) => hours.flatMap(({ days, from, to }) => days.map((day) => n * aWeek + week.indexOf(day) * aDay + minutes(from)).map((start) => [start, start + lengthOf({ from, to: to === '24:00' ? '00:00' : to })] as const)))
    .sort(([a], [b]) => a - b);
  let shuts = at;
  for (const [from, to] of spans) if (from <= shuts && to > shuts) shuts = to;
  const next = spans.find(([from]) => from > shuts || (from === shuts && shuts > at))?.[0];
  if (next === undefined || shuts - at >= aWeek) return undefined;
  const then = now - (now % 60_000) + (next - at) * 60_000;
  const late = (wall(zone, then) - next + 20 * aWeek + aWeek / 2) % aWeek - aWeek / 2;
  return then - late * 60_000;
}

/** Which days it is open, in runs: mon–fri, sun. */
export function runs(hours: readonly OpeningSpan[]): [Day, Day][] {
  const open = week.filter((day) => hours.some((span) => span.days.includes(day)));
  return open.reduce<[Day, Day][]>((all, day) => {
    const run = all.at(-1);
    if (run && week.indexOf(day) === week.indexOf(run[1]) + 1) run[1] = day;
    else all.push([day, day]);
    return all;
  }, []);
}

/** The first of January 2024 was a Monday. */
export const dayName = (day: Day, language: string, weekday: 'long' | 'short' = 'long') =>
  new Intl.DateTimeFormat(language, { weekday, timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + week.indexOf(day)));

const aDay = 24 * 60;
const aWeek = 7 * aDay;
const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const clock = (of: number) => `${String(Math.floor(of / 60)).padStart(2, '0')}:${String(of % 60).padStart(2, '0')}`;

/** The minutes since Monday, on the wall of a zone. */
function wall(zone: string, now: number): number {
  const parts = Object.fromEntries(new Intl.DateTimeFormat('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone }).formatToParts(now).map(({ type, value }) => [type, value]));
  return week.indexOf(parts['weekday']!.toLowerCase() as Day) * aDay + Number(parts['hour']) * 60 + Number(parts['minute']);
}

function lengthOf({ from, to }: Pick<Stretch, 'from' | 'to'>): number {
  const length = minutes(to) - minutes(from);
  return to === '00:00' ? aDay - minutes(from) : length < 0 ? length + aDay : length;
}
