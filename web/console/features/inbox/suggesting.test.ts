import { expect, it } from 'vitest';
import { days, suggest, type Sources } from './suggesting';

const sources: Sources = { from: ['me', 'Kim', 'Noor Élan'], label: ['vip', 'refund later'], in: ['Web shop'], status: ['open', 'closed'], after: ['2026-01-01'], before: ['2026-01-01'] };
const names = (query: string) => suggest(query, sources).map((one) => one.name);

it('offers what narrows, and what fits behind it', () => {
  expect(names('')).toEqual(['from:', 'label:', 'in:', 'status:', 'after:', 'before:']);
  expect(names('sail fr')).toEqual(['from:']);
  expect(names('sail')).toEqual([]);
  expect(names('sail from:')).toEqual(['me', 'Kim', 'Noor Élan']);
  expect(names('from:el')).toEqual(['Noor Élan']);
  expect(names('status:c')).toEqual(['closed']);
  expect(names('from:Kim ')).toHaveLength(6);
});

it('writes it into the box, in quotes where it has several words', () => {
  expect(suggest('mast label:re', sources)[0]!.query).toBe('mast label:"refund later" ');
  expect(suggest('in:"We', sources)[0]!.query).toBe('in:"Web shop" ');
  expect(suggest('mast la', sources)[0]!.query).toBe('mast label:');
});

it('days are said as the server reads them', () => expect(days(new Date('2026-06-15T12:00:00Z'))).toEqual(['2026-06-15', '2026-06-08', '2026-06-01', '2026-01-01']));
