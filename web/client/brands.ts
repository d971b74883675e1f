/** A face of the workspace, and what is said to customers under it. */
import type { Id } from './types';

export type Day = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

/** By the clock on the wall: "09:00" to "17:30", or "24:00"; with `nextDay` the end is on the day after. */
export interface ClockSpan {
  from: string;
  to: string;
  nextDay?: boolean;
}

export interface OpeningSpan extends ClockSpan {
  days: Day[];
}

/** A date ("2026-12-25") on which the week does not count; without intervals it is closed. */
export interface SpecialDay {
  date: string;
  intervals: ClockSpan[];
}

/** A face of the workspace. What an inbox does not set itself it takes from its brand. */
export interface Brand {
  id: Id;
  name: string;
  color: string;
  /** An address on our origin. */
  logo?: string;
  /** IANA. */
  zone: string;
  /** Empty: always. */
  hours: OpeningSpan[];
  exceptions: SpecialDay[];
  /** The first is the one to fall back to. */
  languages: string[];
  texts: Record<string, InboxTexts>;
  version: number;
}

/** How customers are addressed: Sie or du, u or je, usted or tú. */
export type Voice = 'formal' | 'informal';

/** Part of a site that is greeted in its own words; the first that fits decides. */
export interface Segment {
  id: string;
  /** For those who administer; a widget is not told. */
  name: string;
  /** Like `/cart*`. */
  paths: string[];
  /** Absent: all. */
  languages?: string[];
  texts: Record<string, InboxTexts>;
}

/** A segment as a widget reads it. */
export interface Greeted extends Omit<Segment, 'name'> {
  /** Its paths as one regular expression, on the path as it stands in an address. */
  pattern: string;
}

/** What Parley itself says in a language and voice. */
export interface BuiltIn {
  language: string;
  voice: Voice;
  texts: InboxTexts;
  /** What is told in a thread by itself, by code; what stands in braces is filled in. */
  told: Record<string, string>;
  /** What stands for `{when}`, for instance. */
  when: string;
  /** What stands around the words in a mail, by code. */
  mailed: Record<string, string>;
}

/** What an admin typed in one language, by key. */
export interface InboxTexts {
  greeting?: string;
  teaser?: string;
  [key: string]: string | undefined;
}
