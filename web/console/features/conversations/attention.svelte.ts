import { seat } from '../../app/seat.svelte';

/** Whether somebody looks: the page is visible and its window has the focus. */
class Attention {
  on = $state(!document.hidden && document.hasFocus());

  constructor() {
    const look = () => {
      const now = !document.hidden && document.hasFocus();
      if (now === this.on) return;
      this.on = now;
      seat.stream?.say({ type: 'attentive', on: !document.hidden });
    };
    for (const event of ['focus', 'blur']) addEventListener(event, look);
    document.addEventListener('visibilitychange', look);
  }
}

export const attention = new Attention();
