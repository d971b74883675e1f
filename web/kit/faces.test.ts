import { expect, it } from 'vitest';
import { hue, initials } from './faces';

it('takes initials of names as people write them', () => {
  expect(initials('Ana Ferreira')).toBe('AF');
  expect(initials('charlotte de vries')).toBe('CV');
  expect(initials('Kim')).toBe('K');
  expect(initials('  Émile–Zoë 🦊 ')).toBe('É');
  expect(initials('🦊')).toBe('?');
});

it('spreads ids that differ in one letter over the circle', () => {
  const hues = Array.from({ length: 30 }, (_, i) => hue(`con_${i}`));
  expect(new Set(hues.map((h) => Math.floor(h / 40))).size).toBeGreaterThanOrEqual(8);
  expect(hue('con_1')).toBe(hue('con_1'));
});
