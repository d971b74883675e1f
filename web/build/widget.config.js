import { readFileSync, readdirSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { page, web } from './shared.js';

const app = `${web}widget/app/`;
const read = (file) => readFileSync(file, 'utf8');

/**
 * The tokens serve both apps, and every byte of the widget is downloaded by strangers: it gets those that it names, and those that
 * these are made of. Done on the source, so that the name of the style sheet tells its content.
 */
function ownTokens() {
  return {
    name: 'parley:own-tokens',
    enforce: 'pre',
    load(id) {
      if (id.split('?')[0] !== `${web}kit/base.css`) return null;
      const sources = readdirSync(app, { recursive: true }).filter((name) => /\.(svelte|css|ts)$/.test(name)).map((name) => read(app + name));
      const parts = new Set(sources.flatMap((text) => Array.from(text.matchAll(/\$kit\/(parts\/\w+\.svelte)/g), (match) => match[1])));
      const base = read(`${web}kit/base.css`);
      const content = readdirSync(`${web}kit/content`).map((name) => read(`${web}kit/content/${name}`));
      const text = [...sources, base, ...content, ...Array.from(parts, (part) => read(`${web}kit/${part}`))].join('\n');
      return base.replace("@import './tokens.css';", prune(read(`${web}kit/tokens.css`), text));
    },
  };
}

/**
 * What fetches a part of the page when it is first needed, with its styles. The builder's own asks for every browser there ever was, and thrice as large;
 * ours know what a module is to preload. A style that did not come is asked for again the next time.
 */
function fetched() {
  return {
    name: 'parley:fetched',
    enforce: 'pre',
    load: (id) => (id.endsWith('vite/preload-helper.js') ? helper : null),
  };
}

const helper = `
const coming = {};
const fetch = (path) => (coming[path] ??= new Promise((here, failed) => {
  const link = document.createElement('link');
  const styles = path.endsWith('.css');
  link.rel = styles ? 'stylesheet' : 'modulepreload';
  link.href = '/widget/' + path;
  if (document.querySelector('link[href="/widget/' + path + '"]')) return here();
  if (!styles) here();
  link.onload = here;
  link.onerror = () => {
    coming[path] = undefined;
    link.remove();
    failed(Error(path));
  };
  document.head.append(link);
}));
export const __vitePreload = (load, paths = []) => Promise.all(paths.map(fetch)).then(load);
`;

function prune(tokens, text) {
  const named = new Set(Array.from(`${text}\n${tokens}`.matchAll(/var\((--[\w-]+)/g), (match) => match[1]));
  for (const match of text.matchAll(/(--[\w-]+)/g)) named.add(match[1]);
  const kept = tokens.replace(/^ *(--[\w-]+):[^;{}]*;\n/gm, (whole, name) => (named.has(name) ? whole : ''));
  return kept === tokens ? tokens : prune(kept, text);
}

const marked = new Map();

/**
 * The mark of a component's own styles stands at every element: two dozen components need no seven letters. Made of the file's place in `web/`, so that
 * every machine builds the same; two that share one would wear each other's styles, so that breaks the build.
 */
function mark({ hash, filename }) {
  const file = relative(web, resolve(app, filename));
  const made = `p${hash(file).slice(-3)}`;
  if ((marked.get(made) ?? file) !== file) throw new Error(`${file} and ${marked.get(made)} have the same mark ${made}: make it longer.`);
  marked.set(made, file);
  return made;
}

const widget = page('widget', 'widget/app', { cssHash: mark });
widget.plugins.unshift(ownTokens(), fetched());
// Names stand in the code that fetches them: their letters are paid for too.
widget.build.rolldownOptions = { ...widget.build.rolldownOptions, output: { chunkFileNames: 'assets/[hash].js', assetFileNames: 'assets/[hash][extname]', entryFileNames: (chunk) => (chunk.name === 'worker' ? 'worker.js' : 'assets/[hash].js') } };
// What runs while no page of ours is open, at an address that stays.
widget.build.rolldownOptions.input = { index: `${app}index.html`, worker: `${app}worker.js` };

export default widget;
