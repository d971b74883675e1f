import Ban from '@lucide/svelte/icons/ban';
import LockOpen from '@lucide/svelte/icons/lock-open';
import Merge from '@lucide/svelte/icons/merge';
import NotebookPen from '@lucide/svelte/icons/notebook-pen';
import type { Action } from '../../app/actions.svelte';
import { t, type Key } from '../../app/texts.svelte';
import { stage } from './stage';

const contact = () => stage.current.it?.summary?.contact;
const blocked = () => stage.people.of === contact()?.id && stage.people.contact?.blocked === true;

type Asked = NonNullable<typeof stage.people.asked>['what'];

/** What the panel beside the thread does about the person, for hands that stay on the keys: the panel is shown, and begins with it. */
const deed = (what: Asked, icon: Action['icon'], name: Key, when = () => true): Action => ({
  id: `person.${what}`,
  group: 'conversation',
  icon,
  name: () => t(name),
  words: () => t('words.person'),
  when: () => contact() !== undefined && when(),
  perform: () => {
    stage.panel.show();
    stage.people.asked = { what, of: contact()!.id };
  },
});

export const personActions: Action[] = [
  deed('note', NotebookPen, 'action.person.note'),
  deed('merge', Merge, 'action.person.merge'),
  deed('join', Merge, 'action.person.join', () => !stage.current.it?.summary?.mergedInto),
  deed('block', Ban, 'action.person.block', () => !blocked()),
  deed('unblock', LockOpen, 'action.person.unblock', blocked),
];
