import { describe, expect, it } from 'vitest';

/** Read as text, like the builder does: what a page says must be there when the page is, in the first load or in a pack that is fetched with it. */
const files = import.meta.glob<string>(['/{client,console,kit}/**/*.{ts,svelte}', '!/**/*.test.ts', '!/console/test/**'], { query: '?raw', import: 'default', eager: true });
const words = '/kit/i18n/console/en/late/';
const keysOf = (text: string) => Array.from(text.matchAll(/^ {2}(?:'([^']+)'|(\w+)):/gm), (match) => match[1] ?? match[2]!);
const packOf = new Map(Object.entries(files).flatMap(([path, text]) => (path.startsWith(words) ? keysOf(text).map((key) => [key, path.slice(words.length, -3)] as const) : [])));
const fetching = /(?<=\b(?:late|soon)\()\(\) => import\('([^']+)'\)((?:, '\w+')*)/g;
/** Names of something else that read like a text. */
const others = new Set(['brand.name', 'inbox.name']);

function found(from: string, name: string): string | undefined {
  const path = name.startsWith('$kit') ? name.replace('$', '/') : name === '$client' ? '/client' : name.startsWith('.') ? new URL(name, `file://${from}`).pathname : '';
  return [path, `${path}.ts`, `${path}/index.ts`].find((each) => each in files);
}

/** Everything that comes with a file, whenever; what is fetched late has texts of its own. */
function reached(entry: string): Set<string> {
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file) || file.includes('/i18n/')) return;
    seen.add(file);
    for (const [, spoken, fetched] of files[file]!.replace(fetching, '').matchAll(/^\s*(?:import|export)\s+(?!type\b)(?:[^'";]*?\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm)) {
      const next = found(file, (spoken ?? fetched)!);
      if (next) visit(next);
    }
  };
  visit(entry);
  return seen;
}

/** The packs that are spoken from, and by what: `'steps.count'` or `` `steps.${step}` ``, but no key of an object, which is a code of the server's. */
function spoken(entry: string, without: string[] = []): string[] {
  const said = new Set<string>();
  for (const file of reached(entry)) {
    const text = files[file]!;
    const patterns = Array.from(text.matchAll(/\bt\([^`)]*`([\w.]*)\$\{[^}]*\}([\w.]*)`/g)).filter(([, before, after]) => `${before}${after}`.includes('.'));
    const named = Array.from(text.matchAll(/'([\w.]+)'(?!:)/g), (match) => match[1]!).filter((key) => !others.has(key));
    const made = patterns.flatMap(([, before, after]) => [...packOf.keys()].filter((key) => key.startsWith(before!) && key.endsWith(after!) && key.length > before!.length + after!.length));
    for (const key of [...named, ...made]) if (packOf.has(key) && !without.includes(packOf.get(key)!)) said.add(`${packOf.get(key)}: ${key} in ${file}`);
  }
  return [...said];
}

const screens = Object.keys(files).flatMap((file) =>
  Array.from(files[file]!.matchAll(fetching), ([, name, packs]) => ({ name: name!, entry: found(file, name!)!, packs: Array.from(packs!.matchAll(/\w+/g), ([pack]) => pack) })),
);

it('PA1 the first load says nothing that is fetched later', () => {
  expect(spoken('/console/app/main.ts')).toEqual([]);
});

it('the door says nothing but what it fetched', () => {
  const door = '/console/door/main.ts';
  const [, packs] = /learn\(([^)]*)\)/.exec(files[door]!)!;
  expect(spoken(door, Array.from(packs!.matchAll(/\w+/g), ([pack]) => pack))).toEqual([]);
});

describe.each(screens)('what is fetched with $name', ({ entry, packs }) => {
  it('is all that it says', () => {
    expect(spoken(entry, packs)).toEqual([]);
  });

  it('is nothing that it does not say', () => {
    const said = new Set(spoken(entry).map((each) => each.split(':')[0]));
    expect(packs.filter((pack) => !said.has(pack))).toEqual([]);
  });
});
