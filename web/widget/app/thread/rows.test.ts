import { describe, expect, it } from 'vitest';
import { ThreadLog } from '$client';
import { ana, cnv, entry, kim, noor, said } from '../../../client/test/cast';
import type { Entry } from '$client';
import { rows } from './rows';

const told = { code: 'agent.finished', params: {}, text: 'Kim has finished.', language: 'en' };
const day = (at: string) => Math.floor(Date.parse(at) / 86_400_000);

function drawn(entries: Entry[], seenBefore = Infinity) {
  const log = new ThreadLog(cnv, { side: 'visitor', id: 'con_ana' });
  log.add(entries);
  return rows(log.items, seenBefore, day).map((row) =>
    row.kind === 'message' ? `${row.first ? '[' : ''}${row.item.content?.text ?? row.item.gone}${row.last ? ']' : ''}` : row.kind,
  );
}

// The cast's entries are a minute apart.
describe('rows of a thread', () => {
  it('group the messages of one author within five minutes', () => {
    expect(drawn([said(1, ana, 'a'), said(2, ana, 'b'), said(3, ana, 'c'), said(4, kim, 'd'), said(5, noor, 'e'), said(12, noor, 'f')])).toEqual([
      'day', '[a', 'b', 'c]', '[d]', '[e]', '[f]',
    ]);
  });

  it('start each day with its mark, which ends a group', () => {
    const late = said(1, ana, 'late', { at: '2026-03-05T23:59:00.000Z' });
    expect(drawn([late, said(2, ana, 'early', { at: '2026-03-06T00:01:00.000Z' })])).toEqual(['day', '[late]', 'day', '[early]']);
  });

  it('draw one line before the first that is new and not one’s own', () => {
    expect(drawn([said(1, kim, 'a'), said(2, ana, 'b'), said(3, kim, 'c'), said(4, kim, 'd')], 1)).toEqual(['day', '[a]', '[b]', 'new', '[c', 'd]']);
    expect(drawn([said(1, kim, 'a')], 1)).toEqual(['day', '[a]']);
  });

  it('show words and what the customer was told, and no other fact', () => {
    const entries = [
      said(1, ana, 'a'), entry(2, 'edited', ana, { of: 1, content: { type: 'text', text: 'A' } }), entry(3, 'reacted', kim, { of: 1, emoji: '👍', on: true }),
      entry(4, 'closed', kim, { cause: 'manual', told }), entry(5, 'deleted', ana, { of: 1 }), entry(6, 'reopened', ana), entry(7, 'closed', kim),
    ];
    expect(drawn(entries)).toEqual(['day', '[deleted]', 'fact']);
  });

  it('MS20 ask how it was, and show a rating on its question alone', () => {
    const rating = said(5, ana, 'Fine', { content: { type: 'rating', score: 4 } });
    expect(drawn([said(1, ana, 'a'), entry(2, 'closed', kim, { told }), entry(3, 'ratingAsked', kim, { told }), entry(4, 'rated', ana, { of: 3, score: 4 }), rating])).toEqual(['day', '[a]', 'fact', 'fact']);
  });
});
