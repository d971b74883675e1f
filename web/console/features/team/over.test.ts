import { expect, test } from 'vitest';
import type { Entry } from '$client';
import { answeredSince } from './over';

const entry = (seq: number, type: string, kind: string, id: string) => ({ seq, type, author: { kind, id } }) as Entry;

test('an answer of a colleague counts that came after one began, and no other', () => {
  const all = [entry(1, 'message', 'agent', 'noor'), entry(2, 'message', 'contact', 'ana'), entry(3, 'note', 'agent', 'noor'), entry(4, 'message', 'agent', 'kim')];
  expect(answeredSince(all, 1, 'kim')).toBeUndefined();
  expect(answeredSince(all, 0, 'kim')?.seq).toBe(1);
  expect(answeredSince(all, 3, 'noor')?.seq).toBe(4);
});
