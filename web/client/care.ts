import type { Id, Time } from './types';

/** A company's first steps. */
export type FirstStep = 'company' | 'look' | 'site' | 'hello' | 'colleague';

export interface Checklist {
  items: { step: FirstStep; done: boolean }[];
  /** The first inbox; absent while there is none. */
  inbox?: Id;
  /** Somebody has put the list away. */
  away: boolean;
}

/** A mail that was not taken at least once. */
export interface HeldMail {
  id: Id;
  kind: string;
  to: string;
  madeAt: Time;
  /** It is not tried again by itself. */
  givenUp: boolean;
  nextAt?: Time;
  attempts: { at: Time; outcome: string }[];
}

export interface Mails {
  /** Whether this Parley sends mails at all. */
  enabled: boolean;
  waiting: number;
  givenUp: number;
  /** After how long a customer is mailed what they have not seen, where an inbox says nothing else; 0: never. */
  afterSeconds: number;
  items: HeldMail[];
}
