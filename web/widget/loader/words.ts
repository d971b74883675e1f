/** All that the launcher says itself: its name, how to hide the bubble beside it, and what follows the number of unread messages. */
const words: Record<string, readonly [name: string, hide: string, unread: string]> = {
  en: ['Messages', 'Hide', 'new'],
  de: ['Nachrichten', 'Ausblenden', 'neu'],
  nl: ['Berichten', 'Verbergen', 'nieuw'],
  es: ['Mensajes', 'Ocultar', 'sin leer'],
};

/** The first of the wanted languages that is offered, else the first offered. */
export function pick(wanted: readonly string[], offered: readonly string[]): string {
  return wanted.map((tag) => tag.slice(0, 2)).find((short) => offered.includes(short)) ?? offered[0] ?? 'en';
}

export const say = (language: string) => words[language] ?? words['en']!;
