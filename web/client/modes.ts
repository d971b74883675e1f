import type { Told } from './content';
import type { Id, Profile, Time } from './types';

/** On what the time rests that a customer was told. */
export type Ground = 'fixed' | 'learned' | 'openingHours' | 'queue' | 'agent';

/** From how many answers a promise was learned, within how many milliseconds half, eighty and ninety of a hundred come, and how many others waited. */
export interface Basis {
  like: 'staffed' | 'unstaffed' | 'closed' | 'queue' | 'paced';
  answers: number;
  level?: number;
  half?: number;
  eighty?: number;
  ninety?: number;
  pace?: number;
  ahead?: number;
}

/** What moves a conversation between live and messaging, and what is promised in it. */
export interface ModeBodies {
  sessionStarted: object;
  sessionEnded: { reason: string; told?: Told };
  sessionReminded: { told: Told };
  stayed: object;
  /** Without an agent nobody has it, and all who may take it were told. */
  nudged: { agent?: Id };
  composing: { agent: Id; since: Time };
  resumed: { since: Time };
  deviceTook: object;
  contactHere: object;
  contactGone: object;
  agentHere: { agent: Id };
  agentGone: { agent: Id };
  liveRequested: object;
  /** `asked`: the customer wished to talk now. */
  queued: { place: number; asked?: boolean };
  requeued: { cause: string; from?: Id; since: Time; told?: Told };
  soothed: { told: Told };
  abandoned: { waitedMs: number };
  declined: { offer: Id; agent: Id; cause: string };
  /** `spoken`: as it was said and is shown, rounded up. `basis`: what it rests on, told to colleagues. */
  promised: { due: Time; spoken?: Time; ground: Ground; told?: Told; basis?: Basis };
  /** `tookMs`: from the promise on, of the time in which it is open. */
  promiseKept: { due: Time; ground: Ground; first?: Time; tookMs?: number };
  promiseRenewed: { due: Time; spoken?: Time; ground: Ground; was: Time; told?: Told };
  promiseStands: { due: Time };
  promiseBroken: { due: Time; spoken?: Time; ground: Ground; first?: Time };
  /** The answer came after all. */
  promiseLate: { due: Time; tookMs: number };
  thanked: { of: number };
  /** A customer who came back was told that the inbox answers otherwise now. */
  informed: { profile: Profile; told: Told };
  /** The customer was told elsewhere of words that they had not seen. */
  notified: { by: 'mail' | 'push' | 'transcript'; first: number; last: number };
  /** They were not after all. By `mail`: `refused`, nobody is at that address; `givenUp`, no server took it. By a channel: the code of its failure. */
  undelivered: { by: string; first: number; last: number; cause: string };
  /** What was told to have failed on a channel went out after all. */
  reached: { by: string; message: number };
}
