/** Identity keys that were just made, by inbox. The server shows each once; here they live until the page is left. */
export const freshKeys = new Map<string, string>();
