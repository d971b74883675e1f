/** What the thread on the screen can be asked by actions from elsewhere. */
export const threads: { toUnread?: (() => void) | undefined; jump?: ((seq: number) => void) | undefined } = {};
