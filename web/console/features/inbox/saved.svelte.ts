import type { Frame, SavedView, ViewBody } from '$client';
import { toast } from '$kit/parts/toasts.svelte';
import { preferences } from '../../app/preferences.svelte';
import { complain } from '../../app/refusals';
import { route } from '../../app/route.svelte';
import { seat } from '../../app/seat.svelte';
import { t } from '../../app/texts.svelte';

/** The views that somebody saved, in the order that this person likes on this machine. */
class Saved {
  all = $state.raw<SavedView[]>([]);
  loaded = $state(false);
  /** What the builder has open: a view, what a new one begins with, or nothing. */
  building = $state.raw<{ view?: SavedView; from?: SavedView }>();
  ordering = $state(false);
  #changed = new Set<(id: string) => void>();
  #asked = 0;

  constructor() {
    seat.hear((frame) => this.#take(frame));
  }

  find(id: string | undefined): SavedView | undefined {
    return id ? this.all.find((view) => view.id === id) : undefined;
  }

  /** Told of a view that shows other rows now. */
  listen(changed: (id: string) => void) {
    this.#changed.add(changed);
  }

  async load() {
    const turn = ++this.#asked;
    try {
      const views = await seat.api.views.all();
      if (turn === this.#asked) this.#learn(views);
    } catch {
      // With the next hello, or the next word of views, they are read again.
    }
  }

  clear() {
    this.all = [];
    this.loaded = false;
    this.building = undefined;
  }

  async save(id: string | undefined, body: ViewBody) {
    const view = await (id ? seat.api.views.set(id, body) : seat.api.views.add(body));
    await this.load();
    if (id) for (const changed of this.#changed) changed(id);
    route.go({ screen: 'inbox', view: view.id });
  }

  async remove(view: SavedView) {
    try {
      await seat.api.views.remove(view.id);
      if (route.view === view.id) route.go({ screen: 'inbox', view: 'mine' });
      await this.load();
      toast(t('views.removed', { name: view.name }), { action: { name: t('undo'), undoes: true, perform: () => void this.#bring(view) } });
    } catch (error) {
      complain(error);
    }
  }

  order(ids: string[]) {
    preferences.set('views', ids);
    this.#learn(this.all);
  }

  /** It comes back with all that it was, under another id. */
  async #bring({ name, filter, share, team, order, emoji, color }: SavedView) {
    try {
      await this.save(undefined, { name, filter, share, order, ...(team ? { team } : {}), ...(emoji ? { emoji } : {}), ...(color ? { color } : {}) });
    } catch (error) {
      complain(error);
    }
  }

  #learn(views: SavedView[]) {
    const places = new Map(preferences.get('views').map((id, at) => [id, at]));
    const place = (view: SavedView) => places.get(view.id) ?? places.size;
    const before = new Map(this.all.map((view) => [view.id, view]));
    this.all = [...views].sort((a, b) => place(a) - place(b) || a.name.localeCompare(b.name));
    this.loaded = true;
    for (const view of views) {
      const old = before.get(view.id);
      // Of one that was opened before it was known it is not known either in which order it stands.
      const other = old ? old.building !== undefined || old.order !== view.order || JSON.stringify(old.filter) !== JSON.stringify(view.filter) : view.order !== 'newest';
      if (other) for (const changed of this.#changed) changed(view.id);
    }
  }

  #take(frame: Frame) {
    if (frame.type === 'hello' || (frame.type === 'signal' && frame.kind === 'views')) void this.load();
  }
}

export const saved = new Saved();
