import type { Entry, Summary } from '$client';
import { toast } from '$kit/parts/toasts.svelte';
import { complain } from '../../../app/refusals';
import { route } from '../../../app/route.svelte';
import { t } from '../../../app/texts.svelte';
import { lists } from '../../inbox';
import { current } from '../current.svelte';
import type { Opened } from '../opened.svelte';

interface Decision {
  /** What the row will say once the server agrees; shown at once. */
  foresee: Partial<Summary>;
  send: (id: string) => Promise<{ entries: Entry[] }>;
  /** What was done, for the toast; without it nothing is said. */
  said?: string;
  undo?: Omit<Decision, 'said' | 'undo'>;
  /** The conversation leaves the pile: the next one comes up. */
  leaves?: boolean;
}

/**
 * Every decision about a conversation goes this way: shown at once, sent, taken back with a word when the server refuses,
 * and one press undoes it.
 */
export function decide(decision: Decision, it: Opened | undefined = current.it) {
  if (!it) return;
  const next = decision.leaves && route.place.screen === 'inbox' && route.conversation === it.id ? lists.beside(it.id, 1, true) : undefined;
  carry(it, decision);
  if (next) route.open(next.id, undefined, true);
  if (decision.said)
    toast(decision.said, decision.undo ? { action: { name: t('undo'), undoes: true, perform: () => undo(it, decision, next !== undefined) } } : {});
}

function carry(it: Opened, decision: Pick<Decision, 'foresee' | 'send'>) {
  const back = it.foresee(decision.foresee);
  decision.send(it.id).then(
    (answer) => it.add(answer.entries),
    (error: unknown) => {
      back();
      complain(error, () => carry(it, decision));
    },
  );
}

function undo(it: Opened, decision: Decision, wentOn: boolean) {
  carry(it, decision.undo!);
  if (it.summary) lists.put(it.summary);
  if (wentOn && route.place.screen === 'inbox') route.open(it.id, undefined, true);
}

/** The row on the screen, for what an action offers. */
export const row = (): Summary | undefined => current.it?.summary;
