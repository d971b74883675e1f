import { expect, it } from 'vitest';
import { keepDraft, readDraft } from './drafts';

function shelf() {
  const map = new Map<string, string>();
  return { map, getItem: (k: string) => map.get(k) ?? null, setItem: (k: string, v: string) => void map.set(k, v), removeItem: (k: string) => void map.delete(k) };
}

it('keeps reply and note apart, per person and conversation', () => {
  const s = shelf();
  keepDraft('kim', 'cnv_1', { reply: 'Dear Ana', note: 'careful', mode: 'note', quote: 4 }, s);
  expect(readDraft('kim', 'cnv_1', s)).toEqual({ reply: 'Dear Ana', note: 'careful', mode: 'note', quote: 4 });
  expect(readDraft('noor', 'cnv_1', s).reply).toBe('');
  expect(readDraft('kim', 'cnv_2', s).reply).toBe('');
});

it('keeps who gets a mail, also where no word is written yet', () => {
  const s = shelf();
  const mail = { subject: 'Sails', to: 'ana@example.org', cc: 'ben@exam', bcc: '' };
  keepDraft('kim', 'cnv_1', { reply: '', note: '', mode: 'reply', mail, saved: true }, s);
  expect(readDraft('kim', 'cnv_1', s).mail).toEqual(mail);
});

it('leaves nothing behind once it is empty, and survives what it cannot read', () => {
  const s = shelf();
  keepDraft('kim', 'cnv_1', { reply: 'x', note: '', mode: 'reply' }, s);
  keepDraft('kim', 'cnv_1', { reply: '', note: '', mode: 'reply' }, s);
  expect(s.map.size).toBe(0);
  keepDraft('kim', 'cnv_1', { reply: '', note: '', mode: 'reply', version: 3, saved: false }, s);
  expect(readDraft('kim', 'cnv_1', s)).toMatchObject({ version: 3, saved: false });
  keepDraft('kim', 'cnv_1', { reply: '', note: '', mode: 'reply', version: 0, saved: true }, s);
  expect(s.map.size).toBe(0);
  s.setItem('parley.draft.kim.cnv_1', '{broken');
  expect(readDraft('kim', 'cnv_1', s)).toEqual({ reply: '', note: '', mode: 'reply' });
});
