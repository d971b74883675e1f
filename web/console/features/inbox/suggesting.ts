/** What narrows a search, as it is typed. */
export const keys = ['from', 'label', 'in', 'status', 'after', 'before'] as const;
export type SearchKey = (typeof keys)[number];

/** What can stand behind each, by name. */
export type Sources = Record<SearchKey, readonly string[]>;

export interface Suggestion {
  /** The box, once it is taken. */
  query: string;
  name: string;
}

const most = 8;
const folded = (text: string) => text.trim().toLocaleLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
const quoted = (value: string) => (/[\s"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value);

/** What may follow what stands at the end of the box: the keys, or what fits behind one. */
export function suggest(query: string, sources: Sources): Suggestion[] {
  const [, before = '', key, typed = ''] = /^(.*?(?:^|\s))(from|label|in|status|after|before):("[^"]*|[^\s"]*)$/is.exec(query) ?? [];
  if (key) {
    const asked = folded(typed.replace('"', ''));
    const name = key.toLowerCase() as SearchKey;
    return sources[name]
      .filter((value) => folded(value).split(/\s+/).some((word) => word.startsWith(asked)) || folded(value).startsWith(asked))
      .slice(0, most)
      .map((value) => ({ query: `${before}${name}:${quoted(value)} `, name: value }));
  }
  const last = /(\S*)$/.exec(query)![1]!;
  const rest = query.slice(0, query.length - last.length);
  return keys.filter((one) => !last || (last.length < one.length + 1 && one.startsWith(last.toLowerCase()))).map((one) => ({ query: `${rest}${one}:`, name: `${one}:` }));
}

/** The days that are asked for most: today, a week ago, the first of this month and of this year. */
export function days(now: Date): string[] {
  const text = (day: Date) => day.toISOString().slice(0, 10);
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  return [...new Set([text(now), text(new Date(now.getTime() - 7 * 86_400_000)), text(new Date(Date.UTC(year, month, 1))), `${year}-01-01`])];
}
