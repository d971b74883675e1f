import { expect, test } from 'vitest';
import { has, isAddress, listed, one, read, unique } from './addresses';

test('people are read from what is typed or pasted, and what is none is left in the field', () => {
  expect(read('ana@example.org, "Müller, Ben" <ben@example.org>; Kim <kim@example.org>\nnoor')).toEqual({
    people: [{ address: 'ana@example.org' }, { address: 'ben@example.org', name: 'Müller, Ben' }, { address: 'kim@example.org', name: 'Kim' }],
    rest: 'noor',
  });
  expect(read(' , ;')).toEqual({ people: [], rest: '' });
});

test('what is written is read again as it was', () => {
  const people = [{ address: 'ana@example.org' }, { address: 'ben@example.org', name: 'Müller, Ben' }];
  expect(read(listed(people)).people).toEqual(people);
});

test('nobody is named twice', () => {
  expect(unique([{ address: 'Ana@example.org' }, { address: 'ana@Example.org', name: 'Ana' }])).toEqual([{ address: 'Ana@example.org' }]);
  expect(has([{ address: 'ana@example.org' }], 'ANA@example.org')).toBe(true);
});

test.each(['ana', 'ana@', '@example.org', 'ana@example', 'a b@example.org', 'ana@exa mple.org', 'ana@example.', 'a,b@example.org', `${'a'.repeat(250)}@b.de`])('%s is no address', (text) => expect(isAddress(text)).toBe(false));
test.each(['ana@example.org', 'ana+sails@mail.example.co.uk', 'jürgen@müller.example'])('%s is one', (text) => expect(one(text)).toEqual({ address: text }));
