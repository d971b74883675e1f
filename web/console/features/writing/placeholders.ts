/** The names that a reply's text can have between braces, as the server fills them in. */
export const names = ['contact.name', 'contact.firstName', 'contact.email', 'contact.phone', 'agent.name', 'inbox.name', 'brand.name'] as const;

/** A text as it would be said, for looking at it before anybody says it: what the server does where it is used. */
export function filled(text: string, value: (name: string) => string | undefined): string {
  return text.replace(/\{\{([^{}|]+)(?:\|([^{}]*))?\}\}/g, (whole, name: string, instead: string | undefined) => {
    const known = (names as readonly string[]).includes(name.trim());
    return known ? (value(name.trim()) ?? instead?.trim() ?? '') : whole;
  });
}
