import { expect, it } from 'vitest';
import { filled } from './placeholders';

const value = (name: string) => ({ 'contact.name': 'Ana', 'agent.name': 'Kim' })[name];

it('fills in what is known, and else what is said instead', () => {
  expect(filled('Dear {{contact.name|customer}}, {{ agent.name }}', value)).toBe('Dear Ana, Kim');
  expect(filled('Call {{contact.phone|us}}{{contact.email}}.', value)).toBe('Call us.');
});

it('leaves what it does not know to be seen', () => expect(filled('{{contact.nmae}} {{agent.name', value)).toBe('{{contact.nmae}} {{agent.name'));
