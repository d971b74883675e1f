import { expect, it, vi } from 'vitest';
import { decisive, said } from './scores';

vi.mock('../../app/texts.svelte', () => ({ t: (key: string, values?: object) => [key, ...Object.values(values ?? {})].join(' ') }));

const why = (...scores: number[][]) => ({ by: ['contactOwner', 'lastAgent', 'leastLoaded'] as const, candidates: scores.map((each, i) => ({ agent: `agt_${i}`, scores: each })), of: scores.length });

it('names what told the first two apart, and nothing where it went in turns', () => {
  expect(decisive({ ...why([0, 1, -0.5], [0, 0, 0]), by: ['contactOwner', 'lastAgent', 'leastLoaded'] })).toBe(1);
  expect(decisive({ ...why([0, 0, 0], [0, 0, 0]), by: ['contactOwner', 'lastAgent', 'leastLoaded'] })).toBeUndefined();
  expect(decisive({ ...why([0, 1, 0]), by: ['contactOwner', 'lastAgent', 'leastLoaded'] })).toBeUndefined();
});

it('says scores as a person reads them', () => {
  expect(said('lastAgent', 1)).toBe('why.yes');
  expect(said('lastAgent', 0)).toBe('–');
  expect(said('leastLoaded', -0.25)).toBe('why.full 25');
  expect(said('spreadHard', -2)).toBe('2');
  expect(said('spreadHard', -101)).toBe('why.beginner');
  expect(said('roundRobin', -1)).toBe('why.place 1');
});
