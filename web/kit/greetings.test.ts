import { describe, expect, it } from 'vitest';
import { tongueOf, typed, typedIn } from './greetings';
import { segmentOf } from './segments';

const cart = { id: 'cart', paths: ['/cart*'], pattern: '^(?:/cart.*)/?$', texts: { de: { greeting: 'Noch Fragen zur Bestellung?' } } };
const inbox = {
  languages: ['de', 'en', 'fr'],
  segments: [cart],
  texts: { de: { greeting: 'Moin!', teaser: 'Fragen?' }, en: { greeting: 'Ahoy!' }, fr: {} },
};

describe('PA21 what an admin typed', () => {
  it('is said in the visitor’s language, whatever its region', () => {
    expect(typed('greeting', inbox, ['en-GB', 'de'], '/')).toEqual({ text: 'Ahoy!', lang: 'en' });
    expect(tongueOf(inbox, ['it', 'fr-CA'])).toBe('fr');
  });

  it('falls back to a language that they understand, then to the inbox’s first', () => {
    expect(typed('greeting', inbox, ['fr', 'en'], '/')).toEqual({ text: 'Ahoy!', lang: 'en' });
    expect(typed('greeting', inbox, ['fr', 'it'], '/')).toEqual({ text: 'Moin!', lang: 'de' });
    expect(typed('teaser', inbox, ['en'], '/')).toEqual({ text: 'Fragen?', lang: 'de' });
    expect(typed('farewell', inbox, ['en'], '/')).toBeUndefined();
  });

  it('is left to us where the visitor’s language has none, if we have words of our own', () => {
    expect(typedIn('teaser', inbox, ['de-AT'])).toBe('Fragen?');
    expect(typedIn('teaser', inbox, ['en'])).toBeUndefined();
  });
});

describe('HS2 segments', () => {
  it('greet their pages in their own words, and only in the languages in which they have some', () => {
    expect(typed('greeting', inbox, ['de'], '/cart/2')?.text).toBe('Noch Fragen zur Bestellung?');
    expect(typed('greeting', inbox, ['de'], '/sails')?.text).toBe('Moin!');
    expect(typed('greeting', inbox, ['en'], '/cart')?.text).toBe('Ahoy!');
  });

  it('are for some languages only where they say so; the first that fits decides', () => {
    const dutch = { ...cart, id: 'nl', languages: ['nl'] };
    const all = { ...cart, id: 'all', pattern: '^(?:.*)/?$' };
    expect(segmentOf([dutch, all], '/cart', 'nl')?.id).toBe('nl');
    expect(segmentOf([dutch, all], '/cart', 'de')?.id).toBe('all');
    expect(segmentOf([dutch], '/cart', 'de')).toBeUndefined();
  });
});
