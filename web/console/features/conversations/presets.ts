/** Times to snooze until, as people think of them. In the reader's own zone; none of them lies in the past. */
export type PresetId = 'hour' | 'threeHours' | 'evening' | 'tomorrow' | 'weekend' | 'monday' | 'week' | 'month';

export interface Preset {
  id: PresetId;
  at: number;
}

const morning = 9;

export function presets(now: number): Preset[] {
  const day = new Date(now).getDay();
  const on = (days: number, hour: number) => {
    const date = new Date(now);
    date.setDate(date.getDate() + days);
    date.setHours(hour, 0, 0, 0);
    return date.getTime();
  };
  const list: Preset[] = [
    { id: 'hour', at: roundUp(now + 3_600_000) },
    { id: 'threeHours', at: roundUp(now + 3 * 3_600_000) },
  ];
  if (new Date(now).getHours() < 16) list.push({ id: 'evening', at: on(0, 18) });
  // after midnight "tomorrow" is the day that the person will wake up to
  const small = new Date(now).getHours() < 4;
  list.push({ id: 'tomorrow', at: on(small ? 0 : 1, morning) });
  if (day >= 1 && day <= 4) list.push({ id: 'weekend', at: on(6 - day, morning) });
  if (day !== 0 || small) list.push({ id: 'monday', at: on(((8 - day) % 7) || 7, morning) });
  list.push({ id: 'week', at: on(7, morning) }, { id: 'month', at: on(30, morning) });
  return list.filter((preset, i) => list.findIndex((other) => other.at === preset.at) === i);
}

/** To the next five minutes: nobody snoozes until 14:03:27. */
function roundUp(at: number): number {
  return Math.ceil(at / 300_000) * 300_000;
}

/**
 * A time in words, as far as numbers tell it: "14:30", "9am", "2h", "45m", "3d". What is past by the clock is meant for tomorrow.
 */
export function parseTime(text: string, now: number): number | undefined {
  const words = text.trim().toLowerCase();
  const span = /^(\d{1,3})\s*(m|min|h|d|w)$/.exec(words);
  if (span) {
    const unit = { m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 }[span[2]!]!;
    return Number(span[1]) > 0 ? now + Number(span[1]) * unit : undefined;
  }
  const time = /^(\d{1,2})(?::(\d{2}))?\s*(am|pm)?$/.exec(words);
  if (!time || (!time[2] && !time[3])) return undefined;
  let hour = Number(time[1]);
  if (time[3]) hour = (hour % 12) + (time[3] === 'pm' ? 12 : 0);
  const minute = Number(time[2] ?? 0);
  if (hour > 23 || minute > 59) return undefined;
  const date = new Date(now);
  date.setHours(hour, minute, 0, 0);
  if (date.getTime() <= now) date.setDate(date.getDate() + 1);
  return date.getTime();
}
