import { expect, it } from 'vitest';
import { drawn } from './signs';

/** A font that has letters and nothing else: whatever is missing is the same box. */
const letters = () => {
  let last = '';
  return {
    clearRect: () => (last = ''),
    fillText: (text: string) => (last = /^[A-Za-z]$/.test(text) ? text : '□'),
    getImageData: () => ({ data: [last] }),
  } as unknown as CanvasRenderingContext2D;
};

it('a sign that the font has is drawn', () => expect(drawn('A', letters)).toBe(true));

it('a sign that would be an empty box is not', () => expect(drawn('⛵', letters)).toBe(false));

it('where nothing can be tried it is hoped for', () => expect(drawn('🌊', () => null)).toBe(true));
