import { expect, test } from 'vitest';
import { filledIn } from './templates';

const words = (text: string, values: string[]) => filledIn(text, values).map((piece) => piece.text).join('');

test('CH12 a template is shown as it will be read, and what is missing stands out', () => {
  expect(filledIn('Hello {{1}}, about {{2}}.', ['Ana', ' '])).toEqual([{ text: 'Hello ' }, { text: 'Ana', value: 1 }, { text: ', about ' }, { text: '{{2}}', value: 2, empty: true }, { text: '.' }]);
});

test('one value may stand in several places, and in any order', () => expect(words('{{2}} {{1}} {{2}}', ['a', 'b'])).toBe('b a b'));
test('what is filled in is no template itself', () => expect(words('{{1}}!', ['{{2}}', 'x'])).toBe('{{2}}!'));
test('nothing to fill in is nothing to do', () => expect(filledIn('We are open again.', [])).toEqual([{ text: 'We are open again.' }]));
