import { expect, it } from 'vitest';
import { parseTime, presets } from './presets';

const at = (day: number, hour: number, minute = 0) => new Date(2026, 2, day, hour, minute).getTime(); // 5 March 2026 is a Thursday
const ids = (now: number) => presets(now).map((p) => p.id);

it('offers what makes sense at this hour, and nothing that is past', () => {
  expect(ids(at(5, 10))).toEqual(['hour', 'threeHours', 'evening', 'tomorrow', 'weekend', 'monday', 'week', 'month']);
  expect(ids(at(5, 17))).not.toContain('evening');
  expect(ids(at(7, 10))).not.toContain('weekend');
  for (let hour = 0; hour < 24; hour++) for (let day = 1; day <= 8; day++) for (const preset of presets(at(day, hour, 59))) expect(preset.at).toBeGreaterThan(at(day, hour, 59));
});

it('means the coming Monday and the morning', () => {
  expect(presets(at(5, 10)).find((p) => p.id === 'monday')!.at).toBe(at(9, 9));
  expect(presets(at(9, 10)).find((p) => p.id === 'monday')!.at).toBe(at(16, 9));
  expect(presets(at(5, 1)).find((p) => p.id === 'tomorrow')!.at).toBe(at(5, 9));
  expect(presets(at(5, 10)).find((p) => p.id === 'hour')!.at).toBe(at(5, 11));
});

it('understands a time that is typed', () => {
  const now = at(5, 10);
  expect(parseTime('14:30', now)).toBe(at(5, 14, 30));
  expect(parseTime('9:00', now)).toBe(at(6, 9));
  expect(parseTime('2pm', now)).toBe(at(5, 14));
  expect(parseTime('12am', now)).toBe(at(6, 0));
  expect(parseTime('2h', now)).toBe(at(5, 12));
  expect(parseTime('3 d', now)).toBe(at(8, 10));
  for (const nonsense of ['', '25:00', '9', 'soon', '0h', '13:75']) expect(parseTime(nonsense, now)).toBeUndefined();
});
