/** Text to segments: what is a link, and what is not. Nothing here makes HTML; a component draws the segments as text and anchors. */

export type Segment = { kind: 'text'; text: string } | { kind: 'link'; text: string; href: string };

// Only schemes that cannot run code. A bare domain needs "www." so that "file.txt" or "e.g" stays what it is.
const pattern = /\b(?:https?:\/\/|www\.)[^\s<>"'`]{1,2000}|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+\b/giu;

export function segments(text: string): Segment[] {
  const out: Segment[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    const start = match.index;
    const shown = trim(match[0]);
    const href = target(shown);
    if (!href) continue;
    if (start > from) out.push({ kind: 'text', text: text.slice(from, start) });
    out.push({ kind: 'link', text: shown, href });
    from = start + shown.length;
  }
  if (from < text.length) out.push({ kind: 'text', text: text.slice(from) });
  return out;
}

/** The sentence's own punctuation is not part of the address; a closing bracket is only when it was opened inside. */
function trim(link: string): string {
  let end = link.length;
  for (;;) {
    const last = link[end - 1];
    if (last && '.,;:!?…'.includes(last)) end--;
    else if (last && ')]}'.includes(last) && !balanced(link.slice(0, end), last)) end--;
    else return link.slice(0, end);
  }
}

function balanced(link: string, close: string): boolean {
  const open = { ')': '(', ']': '[', '}': '{' }[close]!;
  return link.split(open).length >= link.split(close).length;
}

function target(link: string): string | undefined {
  if (/^[^/]+@/.test(link) && !/^https?:/i.test(link)) return 'mailto:' + link;
  const url = parse(link);
  return url && (url.protocol === 'https:' || url.protocol === 'http:') && url.hostname.length > 0 ? url.href : undefined;
}

function parse(link: string): URL | null {
  try {
    return new URL(/^www\./i.test(link) ? 'https://' + link : link);
  } catch {
    return null;
  }
}
