import type { Policy, PolicyWish, Profile, Switches } from '$client';

export const profiles: readonly Profile[] = ['blended', 'messaging', 'strictLive'];

/** A switch as the screen draws it. `of`: beside which others it does anything; absent: all. */
export type Entry = { of?: (beside: Switches) => boolean; advanced?: true } & (
  | { key: Times; kind: 'time'; least?: number; most?: number }
  | { key: 'queueLimit'; kind: 'count'; least: number; most: number }
  | { key: Flips; kind: 'flip' }
  | { key: Words; kind: 'choice'; options: readonly string[] }
);

type Times = 'graceSeconds' | 'agentGraceSeconds' | 'idleReminderSeconds' | 'idleSeconds' | 'acceptSeconds' | 'firstReplySeconds' | 'replySeconds' | 'liveWaitSeconds' | 'wrapUpSeconds';
type Words = 'threads' | 'assignment' | 'letters' | 'whenClosed' | 'whenAgentLeaves' | 'afterEnd';
type Flips = 'autoAccept' | 'liveAllowed' | 'endsSessions' | 'oneDevice' | 'hidesEarlier' | 'showsQueue';
export type Key = Times | Words | Flips | 'queueLimit';

const live = (it: Switches) => it.liveAllowed;
const strict = (it: Switches) => it.liveAllowed && it.endsSessions;

/** In groups that belong together, what most will look for first. */
export const groups: readonly { id: 'arriving' | 'answering' | 'leaving'; entries: readonly Entry[] }[] = [
  {
    id: 'arriving',
    entries: [
      { key: 'whenClosed', kind: 'choice', options: ['messaging', 'form', 'hide'] },
      { key: 'liveWaitSeconds', kind: 'time', least: 0, of: live },
      { key: 'queueLimit', kind: 'count', of: live, least: 0, most: 100_000, advanced: true },
      { key: 'threads', kind: 'choice', options: ['many', 'one'], of: (it) => !strict(it), advanced: true },
      { key: 'liveAllowed', kind: 'flip', advanced: true },
      { key: 'showsQueue', kind: 'flip', of: live, advanced: true },
      { key: 'oneDevice', kind: 'flip', of: live, advanced: true },
      { key: 'hidesEarlier', kind: 'flip', advanced: true },
    ],
  },
  {
    id: 'answering',
    entries: [
      { key: 'assignment', kind: 'choice', options: ['offer', 'open'] },
      { key: 'letters', kind: 'choice', options: ['open', 'handOut'] },
      { key: 'acceptSeconds', kind: 'time' },
      { key: 'autoAccept', kind: 'flip', advanced: true },
      { key: 'wrapUpSeconds', kind: 'time', least: 0, most: 3600, advanced: true },
      { key: 'firstReplySeconds', kind: 'time', of: live, advanced: true },
      { key: 'replySeconds', kind: 'time', of: live, advanced: true },
    ],
  },
  {
    id: 'leaving',
    entries: [
      { key: 'graceSeconds', kind: 'time', least: 0, of: live },
      { key: 'idleSeconds', kind: 'time', of: live },
      { key: 'idleReminderSeconds', kind: 'time', of: strict },
      { key: 'afterEnd', kind: 'choice', options: ['refuse', 'new'], of: strict },
      { key: 'endsSessions', kind: 'flip', of: live, advanced: true },
      { key: 'agentGraceSeconds', kind: 'time', least: 0, of: live, advanced: true },
      { key: 'whenAgentLeaves', kind: 'choice', options: ['queue', 'end'], of: strict, advanced: true },
    ],
  },
];

export const concerns = (entry: Entry, beside: Switches): boolean => !entry.of || entry.of(beside);

export const reopenHours = 72;

/** What is set in the form: a profile, what differs from it, and since when a closed matter is a new one. */
export interface Draft {
  profile: Profile;
  own: Partial<Switches>;
  reopenHours: number;
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

export function draftOf(policy: Policy, presets: Record<Profile, Switches>): Draft {
  const preset = presets[policy.profile];
  const own = Object.fromEntries((Object.keys(preset) as (keyof Switches)[]).filter((key) => !same(policy[key], preset[key])).map((key) => [key, policy[key]]));
  return { profile: policy.profile, own, reopenHours: policy.reopenHours };
}

/** With one switch set; as the profile has it, it is not set at all. */
export function withSwitch(draft: Draft, presets: Record<Profile, Switches>, change: Partial<Switches>): Draft {
  const preset = presets[draft.profile];
  const own = Object.fromEntries(Object.entries({ ...draft.own, ...change }).filter(([key, value]) => !same(value, preset[key as keyof Switches])));
  return { ...draft, own };
}

export const wishOf = (draft: Draft): Omit<PolicyWish, 'hours'> => ({ profile: draft.profile, ...draft.own, ...(draft.reopenHours === reopenHours ? {} : { reopenHours: draft.reopenHours }) });

export const units = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const;
export type Unit = keyof typeof units;

/** A time in the largest unit in which it is a whole number: 90 seconds, 2 minutes, a day. */
export function measured(seconds: number): { amount: number; unit: Unit } {
  const unit = (Object.keys(units) as Unit[]).reverse().find((each) => seconds >= units[each] && seconds % units[each] === 0) ?? 'seconds';
  return { amount: seconds / units[unit], unit };
}
