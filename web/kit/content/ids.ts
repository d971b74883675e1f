let last = 0;

/** A name that nothing else on the page has, for what describes something else. */
export const newId = (): string => `q${++last}`;
