/** What a screen reader is told of the conversation that is open: each message once, when it arrives. */
export const announced = $state({ text: '' });
