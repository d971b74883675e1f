/** Times as people say them. Every function takes `now` and the zone, so that it can be tested and follows the reader, not the server. */

export interface Where {
  language: string;
  /** IANA zone; absent: the zone of this browser. */
  zone?: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(where: Where, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = where.language + '|' + (where.zone ?? '') + '|' + JSON.stringify(options);
  let made = formats.get(key);
  if (!made) formats.set(key, (made = new Intl.DateTimeFormat(where.language, { ...options, timeZone: where.zone })));
  return made;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The calendar day in the zone, as a number that rises by one a day. */
export function dayNumber(at: number, zone?: string): number {
  const parts = format({ language: 'en-US', zone }, { year: 'numeric', month: 'numeric', day: 'numeric' }).formatToParts(at);
  const get = (type: string) => Number(parts.find((p) => p.type === type)!.value);
  return Math.round(Date.UTC(get('year'), get('month') - 1, get('day')) / day);
}

export function clock(at: number, where: Where): string {
  return format(where, { hour: 'numeric', minute: '2-digit' }).format(at);
}

/** Everything, for a tooltip: "Thursday, 5 March 2026 at 14:20:08". */
export function exact(at: number, where: Where): string {
  return format(where, { dateStyle: 'full', timeStyle: 'medium' }).format(at);
}

/** The narrow time of a list row: "now", "5m", "14:20" within the day, "Mon" within the week, "5 Mar", "5 Mar 2024". */
export function short(at: number, now: number, where: Where): string {
  const ago = now - at;
  if (ago < minute) return capital(relative(where.language, 0, 'second', 'narrow'));
  if (ago < hour) return narrowMinutes(where.language, Math.floor(ago / minute));
  const days = dayNumber(now, where.zone) - dayNumber(at, where.zone);
  if (days <= 0) return clock(at, where);
  if (days === 1) return capital(relative(where.language, -1, 'day', 'long'));
  if (days < 7) return format(where, { weekday: 'short' }).format(at);
  return date(at, now, where, 'short');
}

/** A day mark in a thread: "Today", "Yesterday", "Monday", "5 March", "5 March 2024". */
export function dayMark(at: number, now: number, where: Where): string {
  return capital(dayOf(at, now, where, dayNumber(at, where.zone) < dayNumber(now, where.zone)));
}

/** A day within a sentence: "today", "tomorrow", "Monday", "5 March". A weekday is the next one, or where that is meant the last. */
export function dayOf(at: number, now: number, where: Where, past = false): string {
  const days = dayNumber(at, where.zone) - dayNumber(now, where.zone);
  if (Math.abs(days) <= 1) return relative(where.language, days, 'day', 'long');
  const near = past ? -days : days;
  return near > 1 && near < 7 ? format(where, { weekday: 'long' }).format(at) : date(at, now, where, 'long');
}

/** A time to come or gone, whole: "today at 14:20", "tomorrow at 9:00", "Thursday at 12:00", "5 March at 9:00". */
export function moment(at: number, now: number, where: Where): string {
  const far = Math.abs(dayNumber(at, where.zone) - dayNumber(now, where.zone)) > 1;
  return join(where.language, (far && where.language.startsWith('es') ? 'el ' : '') + dayOf(at, now, where), clock(at, where));
}

/** How long something took: seconds below a minute, else whole minutes. */
export function span(ms: number, language: string): string {
  const [value, unit] = ms < 60_000 ? [Math.round(ms / 1_000), 'second'] : [Math.round(ms / 60_000), 'minute'];
  return new Intl.NumberFormat(language, { style: 'unit', unit }).format(value);
}

/** How long something lasts by now that lasts for hours: 3h, 2d. */
export function hours(seconds: number, language: string): string {
  const [value, unit] = seconds < 48 * 3_600 ? [Math.floor(seconds / 3_600), 'hour'] : [Math.floor(seconds / 86_400), 'day'];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'narrow' }).format(value);
}

/** "5 minutes ago", "2 hours ago", "in 3 days": the largest unit that is whole. */
export function ago(at: number, now: number, language: string): string {
  const apart = at - now;
  const size = Math.abs(apart);
  if (size < minute) return relative(language, 0, 'second', 'long');
  if (size < hour) return relative(language, Math.trunc(apart / minute), 'minute', 'long');
  if (size < day) return relative(language, Math.trunc(apart / hour), 'hour', 'long');
  if (size < 30 * day) return relative(language, Math.trunc(apart / day), 'day', 'long');
  if (size < 365 * day) return relative(language, Math.trunc(apart / (30 * day)), 'month', 'long');
  return relative(language, Math.trunc(apart / (365 * day)), 'year', 'long');
}

function date(at: number, now: number, where: Where, month: 'short' | 'long'): string {
  const sameYear = format(where, { year: 'numeric' }).format(at) === format(where, { year: 'numeric' }).format(now);
  return format(where, sameYear ? { day: 'numeric', month } : { day: 'numeric', month, year: 'numeric' }).format(at);
}

function relative(language: string, value: number, unit: Intl.RelativeTimeFormatUnit, style: 'long' | 'narrow'): string {
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto', style }).format(value, unit);
}

function narrowMinutes(language: string, minutes: number): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit: 'minute', unitDisplay: 'narrow' }).format(minutes);
}

// Intl has no "day at time" for relative days; these are the words the four languages use. Others join with a comma.
const joins: Record<string, string> = { en: '{day} at {time}', de: '{day} um {time}', nl: '{day} om {time}', es: '{day} a las {time}' };

function join(language: string, dayText: string, time: string): string {
  const pattern = joins[language.split('-')[0]!] ?? '{day}, {time}';
  return pattern.replace('{day}', dayText).replace('{time}', time);
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
