import Zap from '@lucide/svelte/icons/zap';
import type { Action } from '../../../app/actions.svelte';
import { t } from '../../../app/texts.svelte';
import { does, macros } from '../../writing';
import { current } from '../current.svelte';
import { running } from '../parts/running.svelte';

export const macroActions: Action[] = [
  {
    id: 'macros',
    group: 'conversation',
    icon: Zap,
    name: () => t('action.macros'),
    shortcuts: ['shift+m'],
    when: () => current.it !== undefined && macros.all.length > 0,
    choose: {
      placeholder: () => t('action.macros'),
      options: () => macros.all.map((macro) => ({ id: macro.id, name: macro.name, icon: Zap, words: macro.actions.map(does).join(' ') })),
      pick: (id) => (running.macro = macros.all.find((macro) => macro.id === id)),
    },
  },
];
