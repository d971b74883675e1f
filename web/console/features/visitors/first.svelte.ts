/** To whom an agent is about to say the first word. */
export const first = $state<{ to: { contact: string; name?: string } | undefined }>({ to: undefined });
