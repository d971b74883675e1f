import type { PublicInbox } from '$client';
import { present, t, when } from '../core/texts.svelte';

/** The honest line: who is here now, or that nobody is. */
export function availability(inbox: PublicInbox): string {
  const { state, agents = [], opensAt } = inbox.availability;
  if (state !== 'online') return opensAt && Date.parse(opensAt) > present() ? t('closedUntil', { day: when.inDay(opensAt), time: when.clock(opensAt) }) : t(state === 'closed' ? 'closed' : 'away');
  const [first, ...others] = agents;
  if (!first) return t('hereNobodyNamed');
  return t(others.length ? 'hereTeam' : 'here', { name: first.name });
}
