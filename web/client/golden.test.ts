import { describe, expect, it } from 'vitest';
import { fold, unopened, type Standing } from './conversation';
import { ThreadLog } from './threadLog';
import type { Entry } from './types';

interface Golden {
  before: Standing;
  entries: Entry[];
  after: Standing;
  all: Entry[];
  customer: Entry[];
}

const stories = Object.entries(import.meta.glob<Golden>('../contract/fixtures/*.json', { eager: true, import: 'default' }));

/** Conversations that the server wrote: what it folds them to, we must fold them to. */
describe('the golden conversations', () => {
  it('are there', () => expect(stories.length).toBeGreaterThan(5));

  describe.each(stories)('%s', (_, golden) => {
    it('go on from where the server stood to where it went', () => {
      expect(golden.entries.reduce(fold, golden.before)).toEqual(golden.after);
    });

    it('come to the same from the first entry', () => {
      expect(golden.all.reduce(fold, unopened)).toEqual(golden.after);
    });

    it('have no gap for either side, in whatever order they come', () => {
      for (const [side, entries] of [['agent', golden.all], ['visitor', golden.customer]] as const) {
        const log = new ThreadLog(golden.all[0]!.conversation, { side, id: 'somebody' });
        log.add([...entries].reverse());
        log.add(entries);
        expect(log.gap()).toBeUndefined();
        expect(log.all().map((entry) => entry.seq)).toEqual(entries.map((entry) => entry.seq));
      }
    });

    it('show a customer nothing internal and no positions', () => {
      for (const entry of golden.customer) {
        expect(entry.visibility).toBe('public');
        expect(entry.position).toBeUndefined();
      }
    });

    it('show no words that were taken back', () => {
      const log = new ThreadLog(golden.all[0]!.conversation, { side: 'agent', id: 'somebody' });
      log.add(golden.all);
      for (const entry of golden.all) {
        if ((entry.type === 'deleted' || entry.type === 'redacted') && entry.of !== undefined) expect(log.at(entry.of)?.content).toBeUndefined();
        if (entry.redacted) expect(log.at(entry.seq)?.content).toBeUndefined();
      }
    });
  });
});
