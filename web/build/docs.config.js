import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { page, web } from './shared.js';

const config = page('docs', 'docs');
const id = 'virtual:problems';

/** Every problem that the server can answer with, read from where it is written: a list by hand would be wrong the day after. */
function problems() {
  const source = `${web}../src`;
  const found = new Map();
  for (const file of readdirSync(source, { recursive: true })) {
    if (!file.endsWith('.cs') || /(^|[\\/])(bin|obj)[\\/]/.test(file)) continue;
    const text = readFileSync(join(source, file), 'utf8');
    for (const [, code, detail, status] of text.matchAll(/\(\s*"([a-z]\w*(?:\.[a-z]\w*)+)",\s*\$?"((?:[^"\\]|\\.)*)"(?:,\s*(?:StatusCodes\.Status)?(\d{3}))?/g)) {
      if (!/[.!?]$/.test(detail) || /^demo\./.test(code)) continue;
      const known = found.get(code);
      if (!known || (!known.status && status)) found.set(code, { code, detail: detail.replaceAll('\\"', '"').replace(/\{[^}]*\}/g, '…'), ...(status ? { status: Number(status) } : {}) });
    }
  }
  return [...found.values()].filter((problem) => problem.status).sort((a, b) => a.code.localeCompare(b.code));
}

config.plugins.push({
  name: 'problems',
  resolveId: (name) => (name === id ? `\0${id}` : undefined),
  load: (name) => (name === `\0${id}` ? `export default ${JSON.stringify(problems())}` : undefined),
});

export default config;
