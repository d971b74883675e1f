/** Which of these lies over the thread: to pass it on, or why it came to whom it came. */
class Asked {
  dialog = $state<'transfer' | 'why'>();
}

export const asked = new Asked();
