import type { PublicInbox } from '$client';
import { t } from '../core/texts.svelte';

/** The honest line: who is here now, or that nobody is. */
export function availability(inbox: PublicInbox): string {
  const { state, agents = [] } = inbox.availability;
  if (state !== 'online') return t(state === 'closed' ? 'closed' : 'away');
  const [first, ...others] = agents;
  if (!first) return t('hereNobodyNamed');
  return t(others.length ? 'hereTeam' : 'here', { name: first.name });
}
