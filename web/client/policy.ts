/** How an inbox behaves, when it is open, and what customers find there. */
import type { ClockSpan, Day, SpecialDay } from './brands';
import type { Id, Profile, Time } from './types';

export interface WeekSpan extends ClockSpan {
  day: Day;
}

/** Opening hours by the clock on the wall of a zone. */
export interface Timetable {
  zone: string;
  week: WeekSpan[];
  exceptions?: SpecialDay[];
}

export type Calendar = 'always' | Timetable;

/** Every switch of an inbox, as a profile presets it or as it was set by hand. */
export interface Switches {
  graceSeconds: number;
  agentGraceSeconds: number;
  idleReminderSeconds: number;
  idleSeconds: number;
  acceptSeconds: number;
  firstReplySeconds: number;
  replySeconds: number;
  liveWaitSeconds: number;
  autoAccept: boolean;
  wrapUpSeconds: number;
  threads: 'many' | 'one';
  assignment: 'offer' | 'open';
  /** What becomes of a letter that nobody has. */
  letters: 'open' | 'handOut';
  queueLimit: number;
  whenClosed: 'messaging' | 'form' | 'hide';
  whenAgentLeaves: 'queue' | 'end';
  afterEnd: 'new' | 'refuse';
  promise: { kind: 'learned' | 'fixed'; seconds?: number };
  /** Both sides can be in touch at the same time. */
  liveAllowed: boolean;
  /** What is over is over for good. */
  endsSessions: boolean;
  oneDevice: boolean;
  hidesEarlier: boolean;
  /** Everybody who waits sees their place, and not only who asks to talk now. */
  showsQueue: boolean;
}

export interface Policy extends Switches {
  profile: Profile;
  reopenHours: number;
  /** Absent: its brand's. */
  hours?: Calendar;
  /** Another profile for a while; `former`: what is back then, absent while it has not begun. */
  trial?: Trial;
  version: number;
}

export interface Trial {
  profile: Profile;
  from: Time;
  until: Time;
  former?: Profile;
}

/** A whole policy: what is absent is as the profile has it. */
export type PolicyWish = Partial<Omit<Policy, 'version' | 'trial'>> & { profile: Profile };

/** How the promises of an inbox were kept, each by what was said first. `calibration`: of what was learned, what was there by the time that so many of a hundred were expected by. */
export interface PromiseScore {
  inbox: Id;
  made: number;
  kept: number;
  broken: number;
  open: number;
  withdrawn: number;
  renewed: number;
  share?: number;
  level: number;
  calibration: { level: number; of: number; within: number; share?: number }[];
}

/** What a customer who comes finds. */
export interface Reception {
  state: 'live' | 'messaging' | 'closed';
  button: 'live' | 'messaging' | 'form' | 'hidden';
  why?: 'hours' | 'nobody' | 'queue';
  waitSeconds?: { low: number; high: number };
  opensAt?: Time;
  promise?: { due: Time; spoken?: Time };
  /** What whoever writes then is told. */
  told?: { text: string; language: string };
}

/** What a widget is told of who is here. `closed`: it is outside the hours, which begin again at `opensAt`. */
export type Availability = {
  state: 'online' | 'away' | 'closed';
  agents?: { name: string; picture?: string }[];
  /** Absent in what was kept from before there was one. */
  button?: 'live' | 'messaging' | 'form' | 'hidden';
  /** The button is there only while somebody can begin: to be asked about again. */
  hides?: true;
  opensAt?: Time;
  promise?: { seconds?: number; due?: Time };
};
