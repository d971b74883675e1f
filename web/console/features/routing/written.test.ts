import { expect, it } from 'vitest';
import { fieldsOf, filledOf, skillsOf, writtenFields, writtenSkills } from './written';

it('reads skills as they are written, and writes them so again', () => {
  expect(skillsOf('rigging 2, splicing\n wire rope: 3,')).toEqual({ rigging: 2, splicing: 1, 'wire rope': 3 });
  expect(writtenSkills({ rigging: 2, splicing: 1 })).toBe('rigging 2, splicing 1');
  expect(skillsOf(writtenSkills({ rigging: 2 }))).toEqual({ rigging: 2 });
  expect(skillsOf('  ')).toEqual({});
});

it('reads fields a line each', () => {
  expect(fieldsOf('topic = rig*, mast\nnothing\nboats = >=2\n= x')).toEqual([{ field: 'topic', values: ['rig*', 'mast'] }, { field: 'boats', values: ['>=2'] }]);
  expect(writtenFields([{ field: 'topic', values: ['a', 'b'] }])).toBe('topic = a, b');
  expect(filledOf('topic = Rigging')).toEqual({ topic: 'Rigging' });
});
