import { expect, test } from 'vitest';
import { begun, keepBegun } from './begun';

test('a mail that was begun is there again, for whoever began it, until it is sent', () => {
  const kept = new Map<string, string>();
  const shelf = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value), removeItem: (key: string) => void kept.delete(key) };
  const mail = { subject: 'Sails', to: 'ana@example.org', cc: '', bcc: '', text: 'Hello', files: [{ id: 'fil_1', name: 'sail.pdf', size: 12, mime: 'application/pdf' }] };
  keepBegun('kim', mail, shelf);
  expect(begun('kim', shelf)).toEqual(mail);
  expect(begun('noor', shelf).text).toBe('');
  keepBegun('kim', { subject: '', to: '', cc: '', bcc: '', text: '', files: [] }, shelf);
  expect(kept.size).toBe(0);
  keepBegun('kim', mail, shelf);
  keepBegun('kim', undefined, shelf);
  expect(kept.size).toBe(0);
  kept.set('parley.mail.kim', 'nonsense');
  expect(begun('kim', shelf).subject).toBe('');
});
