import { describe, expect, it } from 'vitest';
import { accents, contrast, grounds, readable } from './accent';

const steps = Array.from({ length: 18 }, (_, i) => (i * 15).toString(16).padStart(2, '0'));
const cube = steps.flatMap((r) => steps.flatMap((g) => steps.map((b) => `#${r}${g}${b}`)));

describe('KU2 ZD4 whatever colour a brand has', () => {
  it('text on it can be read', () => {
    expect(cube.filter((color) => contrast(color, accents(color).light.on) < readable)).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('it can be read as text where it is %s', (scheme) => {
    const wrong = cube.flatMap((color) => grounds(color)[scheme].filter((ground) => contrast(accents(color)[scheme].text, ground) < readable).map((ground) => `${color} as ${accents(color)[scheme].text} on ${ground}`));
    expect(wrong.slice(0, 5)).toEqual([]);
  });
});

it('says where another colour stands for it, and leaves alone what can be read', () => {
  expect(accents('#ffd400').light.adjusted).toBe(true);
  expect(accents('#ffd400').dark.adjusted).toBe(false);
  expect(accents('#0b3d91').light.adjusted).toBe(false);
  expect(accents('#0b3d91').dark.adjusted).toBe(true);
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
});
