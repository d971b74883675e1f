import { expect, it } from 'vitest';
import { coordinates, mapOf } from './places';

it('MS20 a place is written so that every map takes it', () => {
  expect(coordinates({ latitude: 53.2194, longitude: 6.5665 })).toBe('53.21940° N, 6.56650° E');
  expect(coordinates({ latitude: -33.9, longitude: -18.4 })).toBe('33.90000° S, 18.40000° W');
  expect(mapOf({ latitude: -33.9, longitude: 18.4 })).toBe('https://www.openstreetmap.org/?mlat=-33.90000&mlon=18.40000#map=16/-33.90000/18.40000');
});
