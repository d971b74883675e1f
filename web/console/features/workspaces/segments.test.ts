import { describe, expect, it } from 'vitest';
import { asAddress, freeId, pathOf, pathsOf, wrongPaths } from './segments';

describe('HS2 the pages of a segment', () => {
  it('are typed one a line, or pasted as addresses', () => {
    expect(pathsOf('/cart*\n\n /checkout , /cart*\nhttps://shop.example/sails?color=red#top')).toEqual(['/cart*', '/checkout', '/sails']);
    expect(pathOf('https://shop.example')).toBe('/');
    expect(pathOf('?a=b')).toBe('/');
    expect(pathOf('  ')).toBe('');
  });

  it('begin with a slash or a star', () => {
    expect(wrongPaths(['/a', '*b', 'cart', '/a b'])).toEqual(['cart', '/a b']);
  });

  it('are compared as they stand in an address', () => {
    expect(asAddress('/größe?x')).toBe('/gr%C3%B6%C3%9Fe');
    expect(asAddress('')).toBe('/');
  });

  it('have an id of their own', () => {
    const taken = [{ id: 'uber-uns', name: '', paths: [], texts: {} }];
    expect(freeId('Über uns!', taken)).toBe('uber-uns-2');
    expect(freeId('購物車', [])).toBe('pages');
  });
});
