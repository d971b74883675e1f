import { expect, it } from 'vitest';
import { sizeText } from './sizes';

it('says sizes as people read them', () => {
  expect(sizeText(820_000, 'en')).toBe('820 kB');
  expect(sizeText(1_440_000, 'en')).toBe('1.4 MB');
  expect(sizeText(1_440_000, 'de')).toBe('1,4 MB');
  expect(sizeText(12, 'en')).toBe('12 byte');
});
