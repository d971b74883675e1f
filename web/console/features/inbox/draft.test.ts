import { describe, expect, it } from 'vitest';
import type { SavedView } from '$client';
import { allFields, blank, bodyOf, draftOf, fields, filterOf, flawsOf, isWhole, know, line, opsOf, shapeOf, spanOf, writtenSpan } from './draft';

const view: SavedView = {
  id: 'viw_a', name: 'VIPs', emoji: '⭐', share: 'team', team: 'tea_x', order: 'waiting', mayChange: true,
  filter: {
    all: [{ field: 'status', op: 'in', value: ['open', 'pending'] }, { field: 'holder', op: 'is', value: 'me' }, { field: 'waitingSince', op: 'olderThan', value: 'PT2H' }],
    none: [{ field: 'label', op: 'isNot', value: 'vip' }, { field: 'team', op: 'isNotSet' }, { field: 'contact.email', op: 'endsWith', value: '@x.test' }],
  },
};

describe('a view in the builder', () => {
  it('is written as it was read', () => {
    expect(bodyOf(draftOf(view))).toEqual({ name: 'VIPs', emoji: '⭐', share: 'team', team: 'tea_x', order: 'waiting', filter: view.filter });
  });

  it('asks for one of several in one line', () => {
    const draft = blank();
    draft.lines.all = [{ ...line('status'), values: ['open', 'closed'] }, { ...line('label'), op: 'notIn', values: ['vip'] }];
    expect(filterOf(draft)).toEqual({ all: [{ field: 'status', op: 'in', value: ['open', 'closed'] }, { field: 'label', op: 'isNot', value: 'vip' }] });
  });

  it('is whole when every line says something', () => {
    const draft = blank();
    expect(isWhole(draft)).toBe(true);
    draft.lines.any = [line('contact.name')];
    expect(isWhole(draft)).toBe(false);
    draft.lines.any = [{ ...line('team'), op: 'isSet', values: [] }];
    expect(isWhole(draft)).toBe(true);
    draft.lines = { all: [], any: [], none: [] };
    expect(isWhole(draft)).toBe(false);
  });

  it('shows a flaw at the line that it is about', () => {
    const draft = draftOf(view);
    const { lines, whole } = flawsOf(draft, [{ field: 'filter.none[1].value', code: 'unknown', text: '' }, { field: 'team', code: 'gone', text: '' }]);
    expect([...lines]).toEqual([[draft.lines.none[1]!.id, 'unknown']]);
    expect(whole).toBe('gone');
  });
});

it('a time is said in the unit that fits', () => {
  expect(['PT2H', 'PT30M', 'P3D', 'nonsense'].map(spanOf)).toEqual([{ count: 2, unit: 'H' }, { count: 30, unit: 'M' }, { count: 3, unit: 'D' }, { count: 2, unit: 'H' }]);
  expect(writtenSpan(5, 'D') + writtenSpan(5, 'M')).toBe('P5DPT5M');
});

it('every field can be asked for something', () => {
  for (const field of fields) expect(opsOf(shapeOf(field.name)).length).toBeGreaterThan(0);
});

describe('what the workspace wants to know', () => {
  it('is asked for by its own name, in its own way', () => {
    know([
      { of: 'contact', key: 'orders', name: 'Orders', kind: 'number' },
      { of: 'contact', key: 'member', name: 'Member', kind: 'yesNo' },
      { of: 'conversation', key: 'topic', name: 'Topic', kind: 'choice', choices: ['Sails', 'Ropes'] },
      { of: 'contact', key: 'since', name: 'Since', kind: 'date' },
    ]);
    expect(allFields().slice(-4).map((field) => [field.name, field.title, opsOf(field)[0]])).toEqual([
      ['contact.attributes.orders', 'Orders', 'is'], ['contact.attributes.member', 'Member', 'in'], ['attributes.topic', 'Topic', 'in'], ['contact.attributes.since', 'Since', 'before'],
    ]);
    const draft = blank();
    draft.lines.all = [{ ...line('contact.attributes.orders'), op: 'atLeast', values: ['10'] }, { ...line('attributes.topic'), values: ['Sails', 'Ropes'] }, { ...line('contact.attributes.since'), values: ['2026-03-01'] }];
    expect(filterOf(draft)).toEqual({ all: [
      { field: 'contact.attributes.orders', op: 'atLeast', value: '10' }, { field: 'attributes.topic', op: 'in', value: ['Sails', 'Ropes'] }, { field: 'contact.attributes.since', op: 'before', value: '2026-03-01' },
    ] });
    expect(shapeOf('contact.attributes.gone').kind).toBe('text');
    know([]);
  });
});
