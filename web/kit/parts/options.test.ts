import { expect, it } from 'vitest';
import { filtered, withMade, type Option } from './options';

const options: Option[] = [{ id: 'tomorrow', name: 'tomorrow at 9:00' }, { id: 'month', name: '23 December at 9:00' }];

it('PA7 what was typed as a time stands above what is merely alike', () => {
  const found = filtered(options, '3d');
  expect(found.map(({ id }) => id)).toEqual(['month']);
  expect(withMade(found, { id: 'typed', name: '26 November at 9:00', first: true }).map(({ id }) => id)).toEqual(['typed', 'month']);
});

it('a time that is offered already stands there once', () => {
  expect(withMade(options, { id: 'month', name: '23 December at 9:00', first: true }).map(({ id }) => id)).toEqual(['month', 'tomorrow']);
});

it('a new name comes last, and without one nothing is added', () => {
  expect(withMade(options, { id: 'new', name: 'New: 9' }).map(({ id }) => id)).toEqual(['tomorrow', 'month', 'new']);
  expect(withMade(options, undefined)).toBe(options);
});
