import { describe, expect, it } from 'vitest';
import type { Field, Form } from './index';
import { filled, flaws, written } from './forms';

const of = (...fields: Partial<Field>[]): Form => ({ fields: fields.map((field, i) => ({ name: `f${i}`, type: 'text', label: `Field ${i}`, ...field })) });
const wrong = (field: Partial<Field>, value?: string | number | boolean | string[]) => flaws(of(field), value === undefined ? {} : { f0: value })[0]?.code;

describe('MS20 what is wrong with a form', () => {
  it('is named by its field, in the order of the form', () => {
    expect(flaws(of({ required: true }, {}, { type: 'email', required: true }), { f2: 'ana' })).toEqual([{ field: 'f0', code: 'required' }, { field: 'f2', code: 'email' }]);
  });

  it.each<[Partial<Field>, string | number | boolean | string[] | undefined, string | undefined]>([
    [{ required: true }, '  ', 'required'],
    [{ required: true, type: 'consent' }, false, 'required'],
    [{ required: true, type: 'choices', options: [] }, [], 'required'],
    [{}, undefined, undefined],
    [{ maxLength: 3 }, 'four', 'tooLong'],
    [{ type: 'email' }, 'ana@example.test', undefined],
    [{ type: 'email' }, 'ana@example', 'email'],
    [{ type: 'phone' }, '+31 (0)50 123-45', undefined],
    [{ type: 'phone' }, 'call me', 'phone'],
    [{ type: 'number' }, '?', 'number'],
    [{ type: 'number', min: 1 }, 0, 'tooSmall'],
    [{ type: 'number', max: 4 }, 5, 'tooLarge'],
    [{ type: 'number', min: 0 }, 0, undefined],
    [{ type: 'date' }, '2026-02-31x', 'date'],
    [{ type: 'date' }, '2026-02-28', undefined],
    [{ type: 'choice', options: [{ id: 'a', label: 'A' }] }, 'b', 'choice'],
    [{ type: 'choices', options: [{ id: 'a', label: 'A' }] }, ['a'], undefined],
    [{ type: 'choices', options: [{ id: 'a', label: 'A' }] }, ['a', 'b'], 'choice'],
  ])('%j with %j: %s', (field, value, code) => expect(wrong(field, value)).toBe(code));
});

it('MS20 what was left empty is not sent, and words lose the blanks around them', () => {
  expect(filled(of({}, {}, { type: 'consent' }, { type: 'number' }), { f0: ' Ana ', f1: ' ', f2: false, f3: 0, other: 'x' })).toEqual({ f0: 'Ana', f3: 0 });
});

it('MS20 an answer reads as lines, by the labels of the options and in the language that is spoken', () => {
  const form = of({ label: { en: 'Boat', de: 'Boot' }, type: 'choice', options: [{ id: 's', label: { en: 'Sail', de: 'Segel' } }] }, { type: 'choices', options: [{ id: 'a', label: 'A' }, { id: 'b', label: 'B' }] }, { type: 'consent' });
  expect(written(form, { f0: 's', f1: ['a', 'b'], f2: true }, ['de'], 'Ja')).toEqual([['Boot', 'Segel'], ['Field 1', 'A, B'], ['Field 2', 'Ja']]);
});
