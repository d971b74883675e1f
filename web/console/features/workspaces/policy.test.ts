import { describe, expect, it } from 'vitest';
import type { Policy, Profile, Switches } from '$client';
import { concerns, draftOf, groups, measured, profiles, wishOf, withSwitch } from './policy';

const blended: Switches = {
  graceSeconds: 120, agentGraceSeconds: 30, idleReminderSeconds: 240, idleSeconds: 600, acceptSeconds: 45, firstReplySeconds: 180, replySeconds: 300, liveWaitSeconds: 120, autoAccept: false, wrapUpSeconds: 0,
  threads: 'many', assignment: 'offer', letters: 'open', queueLimit: 50, whenClosed: 'messaging', whenAgentLeaves: 'queue', afterEnd: 'new', promise: { kind: 'learned', seconds: 86_400 },
  liveAllowed: true, endsSessions: false, oneDevice: false, hidesEarlier: false, showsQueue: false,
};
const presets: Record<Profile, Switches> = { blended, messaging: { ...blended, liveAllowed: false }, strictLive: { ...blended, whenClosed: 'form', afterEnd: 'refuse', endsSessions: true, oneDevice: true, hidesEarlier: true, showsQueue: true } };
const policy: Policy = { ...blended, profile: 'blended', reopenHours: 72, version: 1 };

describe('OP8 a policy in a form', () => {
  it('is its profile and what differs from it', () => {
    expect(wishOf(draftOf(policy, presets))).toEqual({ profile: 'blended' });
    expect(wishOf(draftOf({ ...policy, graceSeconds: 60, reopenHours: 24 }, presets))).toEqual({ profile: 'blended', graceSeconds: 60, reopenHours: 24 });
    expect(draftOf({ ...policy, profile: 'strictLive' }, presets).own).toEqual({ whenClosed: 'messaging', afterEnd: 'new', endsSessions: false, oneDevice: false, hidesEarlier: false, showsQueue: false });
  });

  it('follows another profile where nothing was set by hand', () => {
    const draft = withSwitch(draftOf(policy, presets), presets, { graceSeconds: 60 });
    expect(wishOf({ ...draft, profile: 'strictLive' })).toEqual({ profile: 'strictLive', graceSeconds: 60 });
    expect(wishOf(withSwitch(draft, presets, { graceSeconds: 120 }))).toEqual({ profile: 'blended' });
    expect(wishOf(withSwitch(draft, presets, { promise: { kind: 'learned', seconds: 86_400 } }))).toEqual({ profile: 'blended', graceSeconds: 60 });
  });

  it('shows every switch once, and in no profile one that does nothing there', () => {
    const keys = groups.flatMap((group) => group.entries.map((entry) => entry.key));
    expect([...keys].sort()).toEqual(Object.keys(blended).filter((key) => key !== 'promise').sort());
    const shown = (profile: Profile) => groups.flatMap((group) => group.entries.filter((entry) => concerns(entry, presets[profile])).map((entry) => entry.key));
    expect(shown('messaging')).not.toContain('graceSeconds');
    expect(shown('blended')).not.toContain('afterEnd');
    expect(shown('strictLive')).not.toContain('threads');
    for (const profile of profiles) expect(shown(profile)).toContain('whenClosed');
  });

  it('says times as people do', () => {
    expect([0, 45, 60, 90, 120, 3600, 5400, 86_400].map(measured)).toEqual([
      { amount: 0, unit: 'seconds' }, { amount: 45, unit: 'seconds' }, { amount: 1, unit: 'minutes' }, { amount: 90, unit: 'seconds' }, { amount: 2, unit: 'minutes' },
      { amount: 1, unit: 'hours' }, { amount: 90, unit: 'minutes' }, { amount: 1, unit: 'days' },
    ]);
  });
});
