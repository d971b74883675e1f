import { preferences } from '../../app/preferences.svelte';
import { width } from '../../app/width.svelte';

/** The person's panel: beside the thread where there is room, over it where there is not. */
class Panel {
  /** Shown over the thread: until it is closed or another screen is opened, and never remembered. */
  over = $state(false);

  get shown(): boolean {
    return width.middle ? this.over : preferences.get('panel');
  }

  show() {
    if (width.middle) this.over = true;
    else preferences.set('panel', true);
  }
}

export const panel = new Panel();
