/** What is looked for behind a slash before the caret: "/tha" gives "tha". Only at the start of a word: a date or an address has slashes, too. */
export function slashAt(text: string, caret: number): { query: string; from: number } | undefined {
  const match = /(?:^|\s)\/([\p{L}\p{M}\p{N}_-]{0,30})$/u.exec(text.slice(0, caret));
  return match ? { query: match[1]!, from: caret - match[1]!.length - 1 } : undefined;
}
