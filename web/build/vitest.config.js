import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { alias, plugins, web } from './shared.js';

// Vitest groups failures with this, and Node 20 lacks it: without it a failing test would be reported as an error of Vitest.
Map.groupBy ??= (items, by) => {
  const groups = new Map();
  for (const [index, item] of [...items].entries()) {
    const key = by(item, index);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
};

const tests = ['client', 'kit', 'widget', 'console', 'docs'].flatMap((folder) =>
  readdirSync(join(web, folder), { recursive: true }).filter((name) => name.endsWith('.test.ts')).map((name) => join(folder, name)));
/** Those that put something else in a module's place: whoever came after them would get it too. */
const replacing = tests.filter((name) => readFileSync(join(web, name), 'utf8').includes('vi.mock('));

const test = { environment: 'node', restoreMocks: true };

export default {
  root: web,
  resolve: { alias },
  plugins: plugins(),
  test: {
    // Files share workers: making one for each took longer than the tests.
    projects: [
      { extends: true, test: { ...test, name: 'together', include: tests.filter((name) => !replacing.includes(name)), isolate: false } },
      { extends: true, test: { ...test, name: 'alone', include: replacing } },
    ],
  },
};
