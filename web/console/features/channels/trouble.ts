import type { ThreadDelivery } from '$client';
import type { Key } from '../../app/texts.svelte';

/** What there is to say of a message that is on its way, or did not get there. */
const said: Record<string, Key> = {
  rejected: 'trouble.rejected',
  windowClosed: 'trouble.windowClosed',
  recipientGone: 'trouble.recipientGone',
  outcomeUnknown: 'trouble.outcomeUnknown',
  unreachable: 'trouble.unreachable',
  throttled: 'trouble.unreachable',
  misconfigured: 'trouble.misconfigured',
  delayed: 'trouble.delayed',
  partly: 'trouble.partly',
  repeated: 'trouble.repeated',
};

/** That it waits for a moment is nobody's matter, until it was tried in vain. */
export const troubled = ({ state, code, next }: ThreadDelivery): boolean => state === 'failed' || state === 'unknown' || (state === 'queued' && (next !== undefined || code === 'misconfigured')) || (state === 'sent' && /^(delayed|partly|repeated)$/.test(code ?? ''));

/** Whether it is over: then somebody has to do something. */
export const over = ({ state }: ThreadDelivery): boolean => state === 'failed' || state === 'unknown';

export function sayingOf(it: ThreadDelivery): Key {
  if (it.state === 'queued') return it.code === 'misconfigured' ? 'trouble.misconfigured' : it.code === 'outcomeUnknown' ? 'trouble.repeats' : 'trouble.waits';
  return said[it.state === 'unknown' ? 'outcomeUnknown' : (it.code ?? '')] ?? 'trouble.rejected';
}

/** The same again helps where the way was the matter, not where whoever is meant or what was said is. */
export const worthwhile = (it: ThreadDelivery): boolean => over(it) && (it.state === 'unknown' || !['rejected', 'windowClosed'].includes(it.code ?? ''));
