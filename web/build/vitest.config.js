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

export default {
  root: web,
  resolve: { alias },
  plugins: plugins(),
  test: {
    include: ['{client,kit,widget,console,docs}/**/*.test.ts'],
    environment: 'node',
    restoreMocks: true,
  },
};
