import { expect, test } from 'vitest';
import type { Entry } from '$client';
import { gathered } from './gathered';

const entry = (seq: number, type: string, more: object) => ({ seq, type, conversation: 'cnv_1', at: '', author: { kind: 'agent', id: 'agt_kim', name: 'Kim' }, ...more }) as unknown as Entry;

test('MS18 what is said stands with whom it was asked, and a further word opens it again', () => {
  const entries = [entry(4, 'consulted', { agents: ['agt_noor'], teams: [] }), entry(5, 'consultSaid', { aside: 4, text: 'In stock?' }), entry(7, 'consultSettled', { aside: 4 })];
  expect(gathered(entries)).toMatchObject([{ seq: 4, agents: ['agt_noor'], settled: true, said: [{ by: 'Kim', text: 'In stock?' }] }]);
  expect(gathered([...entries, entry(8, 'consultSaid', { aside: 4, text: 'One left' })])[0]).toMatchObject({ settled: false, said: [{}, { text: 'One left' }] });
  expect(gathered([entry(5, 'consultSaid', { aside: 4, text: 'of another page' })])).toEqual([]);
});
