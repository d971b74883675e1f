import type { Switches } from '$client';
import type { Key } from '../../app/texts.svelte';

type Lines = { customers: Key[]; agents: Key[] };

/** What another profile changes for both sides, as sentences: only what is otherwise afterwards. */
export function changes(before: Switches, after: Switches): Lines {
  const lines: Lines = { customers: [], agents: [] };
  const flips = (key: 'liveAllowed' | 'endsSessions' | 'hidesEarlier' | 'oneDevice' | 'showsQueue', name: 'live' | 'ends' | 'hides' | 'device' | 'queue', agents = false) => {
    if (before[key] === after[key]) return;
    const side = after[key] ? 'on' : 'off';
    lines.customers.push(`switch.c.${name}.${side}`);
    if (agents) lines.agents.push(`switch.a.${name as 'live' | 'ends'}.${side}`);
  };
  flips('liveAllowed', 'live', true);
  // Where nobody talks at once there is nothing to end, and no queue.
  if (after.liveAllowed || before.endsSessions) flips('endsSessions', 'ends', true);
  if (after.liveAllowed && before.liveAllowed) flips('showsQueue', 'queue');
  flips('hidesEarlier', 'hides');
  if (after.liveAllowed) flips('oneDevice', 'device');
  if (before.whenClosed !== after.whenClosed) lines.customers.push(`switch.c.closed.${after.whenClosed}`);
  return lines;
}
