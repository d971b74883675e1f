import { expect, it } from 'vitest';

const files = import.meta.glob<string>(['/console/**/*.{ts,svelte}', '!/**/*.test.ts', '!/console/test/**'], { query: '?raw', import: 'default', eager: true });

/** Never possible at the same time, or meant so: what can be undone is, before anything else is snoozed. */
const together = [
  ['close', 'reopen'],
  ['follow', 'unfollow'],
  ['snooze', 'undo'],
  ['noSpam', 'spam'],
];

it('a key means one thing at a time', () => {
  const users = new Map<string, string[]>();
  for (const text of Object.values(files)) {
    for (const [, id, keys] of text.matchAll(/\bid: '([\w.]+)',(?:(?!\bid: ')[\s\S])*?\bshortcuts: \[([^\]]*)\]/g)) {
      for (const [, key] of keys!.matchAll(/'([^']+)'/g)) users.set(key!, [...(users.get(key!) ?? []), id!]);
    }
  }
  expect(users.size).toBeGreaterThan(30);
  const shared = [...users].filter(([, ids]) => ids.length > 1 && !together.some((pair) => ids.toSorted().join() === pair.join()));
  expect(shared).toEqual([]);
});
