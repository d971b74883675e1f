import { expect, it } from 'vitest';
import { safe, short } from './address';

it('PA5 shows addresses as people read them, and links only to the web', () => {
  expect(short('https://shop.test/sails/')).toBe('shop.test/sails');
  expect(short('nowhere')).toBe('nowhere');
  expect([safe('https://shop.test/'), safe('javascript:alert(1)')]).toEqual([true, false]);
});
