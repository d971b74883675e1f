import { expect, it } from 'vitest';
import { mentionAt, mentioned } from './mentions';

const people = [
  { id: 'agt_1', name: 'Noor' },
  { id: 'agt_2', name: 'Noor Bakker' },
  { id: 'agt_3', name: 'Ravi' },
];

it('sees a mention that is being typed, and no address', () => {
  expect(mentionAt('hi @No', 6)).toEqual({ query: 'No', from: 3 });
  expect(mentionAt('@', 1)).toEqual({ query: '', from: 0 });
  expect(mentionAt('ana@light', 9)).toBeUndefined();
  expect(mentionAt('@Noor is here now', 17)).toBeUndefined();
});

it('finds who is mentioned, the longest name first', () => {
  expect(mentioned('@Noor Bakker please look', people)).toEqual(['agt_2']);
  expect(mentioned('@Noor, @Ravi: see above', people).sort()).toEqual(['agt_1', 'agt_3']);
  expect(mentioned('@Ravioli', people)).toEqual([]);
});
