import BookmarkPlus from '@lucide/svelte/icons/bookmark-plus';
import Copy from '@lucide/svelte/icons/copy';
import ListOrdered from '@lucide/svelte/icons/list-ordered';
import Pencil from '@lucide/svelte/icons/pencil';
import Trash from '@lucide/svelte/icons/trash-2';
import type { Action } from '../../../app/actions.svelte';
import { route } from '../../../app/route.svelte';
import { t } from '../../../app/texts.svelte';
import { saved } from '../saved.svelte';

/** The saved view that one looks at. */
const here = () => (route.place.screen === 'inbox' ? saved.find(route.view) : undefined);
const words = () => t('views.words');

/** What can be done with saved views. */
export const keeping: Action[] = [
  { id: 'newView', group: 'look', icon: BookmarkPlus, name: () => t('action.newView'), words, shortcuts: ['shift+v'], perform: () => (saved.building = {}) },
  { id: 'editView', group: 'look', icon: Pencil, name: () => t('action.editView'), words, when: () => here()?.mayChange === true, perform: () => (saved.building = { view: here()! }) },
  { id: 'copyView', group: 'look', icon: Copy, name: () => t('action.copyView'), words, when: () => here() !== undefined, perform: () => (saved.building = { from: here()! }) },
  { id: 'removeView', group: 'look', icon: Trash, name: () => t('action.removeView'), words, danger: true, when: () => here()?.mayChange === true, perform: () => void saved.remove(here()!) },
  { id: 'orderViews', group: 'look', icon: ListOrdered, name: () => t('views.arrange'), words, when: () => saved.all.length > 1, perform: () => (saved.ordering = true) },
];
