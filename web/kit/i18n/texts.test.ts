import { describe, expect, it } from 'vitest';
import { choose, fill, type Plural } from './texts';

const unread: Plural = { one: '{count} new message', other: '{count} new messages' };

describe('fill', () => {
  it('puts values in place and leaves a missing one visible', () => {
    expect(fill('en', 'Hello {name}, {place}', { name: 'Ana' })).toBe('Hello Ana, {place}');
  });

  it('chooses the plural form of the language', () => {
    expect(fill('en', unread, { count: 1 })).toBe('1 new message');
    expect(fill('en', unread, { count: 0 })).toBe('0 new messages');
    expect(fill('en', unread, { count: 1200 })).toBe('1,200 new messages');
    expect(fill('de', { one: '{count} Nachricht', other: '{count} Nachrichten' }, { count: 1200 })).toBe('1.200 Nachrichten');
  });

  it('does not treat a value as a pattern', () => {
    expect(fill('en', 'by {name}', { name: '{name} $1' })).toBe('by {name} $1');
  });
});

describe('choose', () => {
  it('takes the first wanted language that is there, whatever its region', () => {
    expect(choose(['fr-FR', 'nl-BE', 'de'], ['en', 'de', 'nl'])).toBe('nl');
    expect(choose(['fr'], ['en', 'de'])).toBe('en');
    expect(choose(['fr'], ['de', 'es'])).toBe('de');
  });
});
