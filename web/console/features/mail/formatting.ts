/** What stands in a field, and what of it is chosen. */
export interface Stretch {
  text: string;
  from: number;
  to: number;
}

export type Format = 'bold' | 'italic' | 'list' | 'numbered' | 'quote' | 'link';

const signs = { bold: '**', italic: '_' } as const;

/** Around what is chosen; taken away where it stands there already. */
function around({ text, from, to }: Stretch, sign: string): Stretch {
  const chosen = text.slice(from, to);
  const stands = text.slice(from - sign.length, from) === sign && text.slice(to, to + sign.length) === sign;
  if (stands) return { text: text.slice(0, from - sign.length) + chosen + text.slice(to + sign.length), from: from - sign.length, to: to - sign.length };
  // Pressed again at the end of what was made so: one goes on after it.
  if (from === to && text.startsWith(sign, to) && text.lastIndexOf(sign, from - 1) >= 0) return { text, from: to + sign.length, to: to + sign.length };
  return { text: text.slice(0, from) + sign + chosen + sign + text.slice(to), from: from + sign.length, to: to + sign.length };
}

/** Before each line that is chosen; taken away where all have it. */
function before({ text, from, to }: Stretch, sign: (line: number) => string, known: RegExp): Stretch {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const end = text.indexOf('\n', to) < 0 ? text.length : text.indexOf('\n', to);
  const lines = text.slice(start, end).split('\n');
  const all = lines.every((line) => known.test(line));
  const made = lines.map((line, n) => (all ? line.replace(known, '') : sign(n) + line.replace(known, ''))).join('\n');
  return { text: text.slice(0, start) + made + text.slice(end), from: start, to: start + made.length };
}

/** Text as markdown, for mails: what is chosen becomes what is asked for. */
export function formatted(stretch: Stretch, as: Format): Stretch {
  if (as === 'bold' || as === 'italic') return around(stretch, signs[as]);
  if (as === 'list') return before(stretch, () => '- ', /^[-*] /);
  if (as === 'numbered') return before(stretch, (n) => `${n + 1}. `, /^\d+\. /);
  if (as === 'quote') return before(stretch, () => '> ', /^> ?/);
  const { text, from, to } = stretch;
  const chosen = text.slice(from, to);
  const address = /^https?:\/\/\S+$/.test(chosen);
  const made = address ? `[](${chosen})` : `[${chosen}](https://)`;
  const at = address ? from + 1 : from + made.length - 1;
  return { text: text.slice(0, from) + made + text.slice(to), from: at, to: at };
}
