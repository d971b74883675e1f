import { expect, it, vi } from 'vitest';

vi.mock('./texts.svelte', () => ({ t: (key: string, values?: { id: string }) => (key === 'visitor' ? 'Visitor' : `Visitor ${values!.id}`) }));
const { called } = await import('./called');

it('calls people by their name, and visitors without one so that two of them are two', () => {
  expect(called({ id: 'con_01kjpwd8aye2z8vsnfaa6epdad', name: 'Ana' })).toBe('Ana');
  expect(called({ id: 'con_01kjpwd8aye2z8vsnfaa6epdad' })).toBe('Visitor PDAD');
  expect(called({ id: 'con_01kjpwd8aye2z8vsnfaa6e7w2m' })).toBe('Visitor 7W2M');
  expect(called(undefined)).toBe('Visitor');
});
