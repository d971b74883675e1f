import { expect, it } from 'vitest';
import { half, middle, within } from './cropping';

const wide = { width: 1000, height: 400 };

it('begins with the largest square in the middle', () => {
  expect(middle(wide)).toEqual({ x: 500, y: 200, zoom: 1 });
  expect(half(wide, 1)).toBe(200);
});

it('never leaves the picture, however far it is dragged', () => {
  expect(within(wide, { x: -50, y: 900, zoom: 1 })).toEqual({ x: 200, y: 200, zoom: 1 });
  expect(within(wide, { x: 990, y: 0, zoom: 2 })).toEqual({ x: 900, y: 100, zoom: 2 });
});

it('is drawn no smaller than the frame and no larger than is good', () => {
  expect(within(wide, { x: 500, y: 200, zoom: 0.2 }).zoom).toBe(1);
  expect(within(wide, { x: 500, y: 200, zoom: 9 }).zoom).toBe(4);
});

it('moves back to full when it is drawn smaller again', () => {
  const corner = within(wide, { x: 0, y: 0, zoom: 4 });
  expect(corner).toEqual({ x: 50, y: 50, zoom: 4 });
  expect(within(wide, { ...corner, zoom: 1 })).toEqual({ x: 200, y: 200, zoom: 1 });
});
