/**
 * What a stranger downloads is promised: this fails the build when a promise is broken.
 * A page's first load is its HTML and everything that its entry imports statically, styles included,
 * plus the largest of its languages (one of them is always loaded), with what its other voice says differently.
 * What comes with home, menus and richer content is not needed to show a thread.
 */
import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { web } from './shared.js';

const limits = { loader: 3, widget: 45, console: 180 };
const dist = `${web}dist/`;
const weigh = (file) => gzipSync(readFileSync(file), { level: 9 }).length;

function firstLoad(name) {
  const folder = `${dist}${name}/`;
  const manifest = JSON.parse(readFileSync(`${folder}assets/manifest.json`, 'utf8'));
  const files = new Set(['index.html']);
  const visit = (chunk) => {
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const style of chunk.css ?? []) files.add(style);
    for (const key of chunk.imports ?? []) visit(manifest[key]);
  };
  visit(manifest['index.html']);
  const languages = {};
  for (const { isDynamicEntry, src = '', file } of Object.values(manifest)) {
    const language = src.replace('/voices/', '/');
    if (isDynamicEntry && /i18n\/(?!more|content)/.test(src) && !files.has(file)) languages[language] = (languages[language] ?? 0) + weigh(folder + file);
  }
  return [...files].reduce((sum, file) => sum + weigh(folder + file), 0) + Math.max(0, ...Object.values(languages));
}

const sizes = { loader: existsSync(`${dist}parley.js`) ? weigh(`${dist}parley.js`) : NaN };
for (const name of ['widget', 'console']) sizes[name] = existsSync(`${dist}${name}/index.html`) ? firstLoad(name) : NaN;

let broken = false;
for (const [name, bytes] of Object.entries(sizes)) {
  const good = bytes <= limits[name] * 1000;
  broken ||= !good;
  console.log(`${name.padEnd(8)} ${Number.isNaN(bytes) ? 'not built' : (bytes / 1000).toFixed(2) + ' kB'} of ${limits[name]} kB gzip${good ? '' : '  TOO LARGE OR MISSING'}`);
}
process.exit(broken ? 1 : 0);
