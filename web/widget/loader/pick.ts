/** The first of the wanted languages that is offered, else the first offered. */
export function pick(wanted: readonly (string | undefined)[], offered: readonly string[]): string {
  return wanted.flatMap((tag) => offered.filter((each) => each.slice(0, 2) === tag?.slice(0, 2)))[0] ?? offered[0]!;
}
