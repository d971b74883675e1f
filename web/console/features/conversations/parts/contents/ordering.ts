import { t, type Key } from '../../../../app/texts.svelte';

/** The words of a list whose order is set. */
export const ordering = (add: Key) => ({
  up: (name: string) => t('order.up', { name }),
  down: (name: string) => t('order.down', { name }),
  remove: (name: string) => t('order.remove', { name }),
  moved: (name: string, at: number, count: number) => t('order.moved', { name, at, count }),
  add: t(add),
});
