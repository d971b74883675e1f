/** The shapes on the wire, as the contract names them. Ids are opaque; times are ISO 8601 in UTC; what is absent is absent. */

import type { Ground, ModeBodies } from './modes';
import type { Content, Form, StoredFile, Told } from './content';
import type { Brand, Greeted, InboxTexts, Segment, Voice } from './brands';
import type { Agent, Me, Team } from './people';
import type { Availability } from './policy';
import type { Signal } from './signals';
import type { Giving, RoutingBodies, SortingExample } from './routing';
import type { SortingRule } from './sorting';

export type * from './brands';
export type * from './people';
export type * from './policy';
export type * from './content';
export type * from './signals';
export type * from './sorting';

export type Id = string;
/** Why words are not there any more: taken out, or they stand elsewhere (what was planned and sent). */
export type Gone = 'deleted' | 'redacted' | 'erased' | 'sent' | 'takenBack';
export type Time = string;

export type Status = 'open' | 'pending' | 'snoozed' | 'closed';
export type Mode = 'waiting' | 'live' | 'paused' | 'messaging' | 'dormant' | 'ended';
export type Priority = 'low' | 'normal' | 'high' | 'urgent';
export type Profile = 'strictLive' | 'messaging' | 'blended';
export type Role = 'owner' | 'admin' | 'supervisor' | 'agent';
export type AgentState = 'online' | 'busy' | 'away' | 'offline';
export type PendingOn = 'customer' | 'thirdParty';
export type AuthorKind = 'contact' | 'agent' | 'bot' | 'rule' | 'program' | 'system';

export interface Author {
  kind: AuthorKind;
  id?: Id;
  name?: string;
  picture?: string;
}

export interface Envelope {
  conversation: Id;
  seq: number;
  /** The seq of the public entry before a public one. */
  prev?: number;
  /** Only to agents and programs. */
  position?: number;
  at: Time;
  occurredAt?: Time;
  author: Author;
  visibility: 'public' | 'internal';
  /** Only to its author. */
  clientId?: string;
  /** The body is gone and this is why; the fields of the type are absent then. */
  redacted?: Gone;
  /** What wrote it where no person did; of a message that was planned, the entry that planned it. To agents only. */
  trigger?: { seq?: number; timer?: string };
}

export interface Bodies extends ModeBodies, RoutingBodies {
  opened: { inbox: Id; contact: Id; channel: string; brand: Id; mode?: Mode };
  episodeOpened: { episode: number; terms?: { profile: Profile; reopenHours: number } };
  episodeReopened: { episode: number };
  episodeClosed: { episode: number };
  /** `of`: the question that it answers. */
  message: { content: Content; of?: number };
  /** Of a question that takes one answer: it has it. Internal. */
  answered: { of: number };
  ratingAsked: { episode: number; mode: Mode; told: Told };
  /** `of`: the message of type `rating`, or the `ratingAsked`. */
  rated: { episode: number; mode: Mode; score: number; of: number; text?: string };
  /** Words that are still to be sent, at `due`; with `undo` they wait only so that they can be taken back. Internal. */
  scheduled: { content: Content; due: Time; undo?: boolean; unheld?: boolean };
  /** `sent`, `takenBack`, `redacted`, or why it could not be sent: `ended`, `agentGone`, `taken`, `answered`, `spam`, `refused`. */
  unscheduled: { of: number; cause: string };
  /** `to`: whispered to who had the conversation then. */
  note: { text: string; mentions?: Id[]; files?: StoredFile[]; teams?: Id[]; to?: Id };
  consulted: { agents: Id[]; teams: Id[]; people: Id[]; waits?: boolean };
  consultSaid: { aside: number; text: string };
  consultSettled: { aside: number };
  followed: { agent: Id; cause: string };
  unfollowed: { agent: Id };
  edited: { of: number; content: Content };
  deleted: { of: number };
  reacted: { of: number; emoji: string; on: boolean };
  snoozed: { until: Time };
  unsnoozed: { cause: string };
  pending: { on: PendingOn };
  unpended: { cause: string };
  closed: { cause: string; told?: Told };
  reopened: { cause: string };
  combined: { name: string };
  labelled: { label: string };
  unlabelled: { label: string };
  priorityChanged: { from: Priority; to: Priority };
  modeChanged: { from: Mode; to: Mode; cause: string };
  spamMarked: object;
  spamCleared: object;
  redacted: { of: number; reason: string };
  erased: { reason: string };
}

export type EntryType = keyof Bodies;
export type EntryOf<T extends EntryType> = Envelope & { type: T } & Partial<Bodies[T]>;

/**
 * One numbered fact of a timeline. The fields of a type may be missing when the body was overwritten (`redacted`),
 * and a newer server may send a type not named here: a fold changes nothing for it.
 */
export type Entry = { [T in EntryType]: EntryOf<T> }[EntryType];

export interface Preview {
  text: string;
  author: Author;
  type: string;
}

export interface Holder {
  kind: 'flow' | 'queue' | 'agent' | 'nobody';
  id?: Id;
}

/** A row of the agents' list. `seen` is the viewer's own mark, given in REST lists only. */
export interface Summary {
  id: Id;
  contact: { id: Id; name?: string; verified?: boolean; picture?: string; version?: number };
  inbox: Id;
  status: Status;
  mode: Mode;
  holder: Holder;
  team?: Id;
  priority: Priority;
  labels: string[];
  attributes?: Record<string, string>;
  mergedInto?: Id;
  openedAt?: Time;
  /** The agents who wrote to the customer, the latest last. */
  answered?: Id[];
  /** Agents who are told of what comes, whoever has it. */
  followers?: Id[];
  pendingOn?: PendingOn;
  snoozedUntil?: Time;
  lastSeq: number;
  lastMessageSeq: number;
  lastEntryAt: Time;
  preview?: Preview;
  waitingSince?: Time;
  promise?: { due: Time; spoken?: Time; ground?: Ground; broken?: boolean };
  offer?: { id: Id; agent: Id; until: Time };
  /** What the place in the queue goes by, while somebody is looked for. */
  queuedSince?: Time;
  /** Since when the customer is not here, while they are talked with or wait to be. */
  goneSince?: Time;
  channel: string;
  episode?: number;
  seen?: number;
  spam?: boolean;
}

/** A visitor's own conversation. */
export interface Thread {
  id: Id;
  status: Status;
  mode: Mode;
  lastSeq: number;
  lastMessageSeq: number;
  lastEntryAt: Time;
  createdAt: Time;
  promise?: { due: Time; spoken?: Time };
  preview?: Preview;
  seen: number;
  unread: number;
  agents: { id: Id; name: string; picture?: string }[];
}

export interface Timeline {
  items: Entry[];
  more: boolean;
}

export interface Page<T> {
  items: T[];
  next?: string;
}

export type SeenMark = {
  type: 'mark';
  conversation: Id;
  kind: 'seen';
  participant: { kind: AuthorKind; id: Id };
  seq: number;
  at: Time;
};
export type DeliveryMark = {
  type: 'mark';
  conversation: Id;
  kind: 'delivery';
  message: number;
  state: 'sent' | 'delivered' | 'failed';
  at: Time;
};
export type Mark = SeenMark | DeliveryMark;

export type Counts = Record<string, number>;
export type ByeReason = 'access' | 'slow' | 'restart' | 'drain' | 'idle' | 'hello' | 'limited';

/** What the server says on a stream. */
export type Frame =
  | { type: 'hello'; cursor: string; me: { kind: AuthorKind; id: Id; name?: string }; beatSeconds: number }
  | { type: 'event'; cursor: string; entry: Entry; summary?: undefined }
  | { type: 'event'; cursor: string; summary: Summary; entry?: undefined }
  | Mark
  | Signal
  | { type: 'left'; view: string; conversation: Id }
  | { type: 'counts'; counts: Counts }
  | { type: 'beat'; cursor: string }
  | { type: 'gone' }
  | { type: 'bye'; reason: ByeReason; retryAfterMs?: number };

/** What a client says on a stream. */
export type Said =
  | { type: 'hello'; cursor?: string; token?: string }
  | { type: 'watch'; view: string; inbox?: Id; team?: Id; cursor?: string }
  | { type: 'unwatch'; view: string }
  | { type: 'open'; conversation: Id; after?: number }
  | { type: 'close'; conversation: Id }
  | { type: 'typing'; conversation: Id; on?: boolean; text?: string; note?: true }
  | { type: 'attentive'; on: boolean }
  | { type: 'input'; locked?: true }
  | { type: 'look'; conversation?: Id; how?: 'input' | 'focus' | 'open' }
  | { type: 'rows'; conversations: readonly Id[] }
  | { type: 'supervise' | 'visitors'; on?: boolean };

// ---- people and places, as agents see them

export interface Inbox {
  id: Id;
  name: string;
  channel: string;
  brand: Id;
  profile: Profile;
  teams?: Id[];
  domains?: string[];
  /** Empty: the brand's. */
  languages?: string[];
  texts?: Record<string, InboxTexts>;
  /** Absent: the brand's. */
  color?: string;
  /** By language. */
  voice?: Record<string, Voice>;
  segments?: Segment[];
  sorting?: SortingRule[];
  giving?: Giving;
  examples?: SortingExample[];
  /** Each with an id and a name. */
  forms?: Form[];
  /** The id of the form before the chat; '' to have none any more. */
  preChat?: string;
  /** The id of the form for when nobody is here; '' to have none any more. */
  offline?: string;
  /** Closing asks the customer how it was. */
  rating?: boolean;
  /** After how long a customer is mailed what they have not seen; 0: never; absent: as the installation has it. */
  mailAfterSeconds?: number;
  consent?: 'off' | 'afterConsent' | 'on';
  alike?: boolean;
  /** The sites whose pages have asked for it, each with when first. */
  sites?: { host: string; at: Time }[];
  /** Only in the answer that creates the inbox. */
  identityKey?: string;
}

export interface InboxKey {
  kid: string;
  algorithm: 'HS256' | 'RS256' | 'ES256';
  state: string;
  createdAt?: Time;
  /** Only in the answer that creates it. */
  secret?: string;
}

export interface Directory {
  workspace: { id: Id; name: string };
  me: Me;
  agents: Agent[];
  teams: Team[];
  inboxes: Inbox[];
  brands: Brand[];
  labels: string[];
}

export interface ContactIdentity {
  kind: string;
  value: string;
  verified: boolean;
  by?: string;
  refused?: boolean;
}

export interface Contact {
  id: Id;
  name?: string;
  email?: string;
  phone?: string;
  verified: boolean;
  picture?: string;
  identities: ContactIdentity[];
  language?: string;
  attributes?: Record<string, string>;
  devices?: { device: string; agent?: string; language?: string; timeZone?: string; lastAt?: Time }[];
  page?: { url: string; title?: string; referrer?: string; at?: Time };
  firstAt?: Time;
  lastAt?: Time;
  present?: boolean;
  blocked?: boolean;
}

export interface Found {
  conversation: Summary;
  seq: number;
  at: Time;
  /** Text with hits between U+0002 and U+0003. */
  snippet: string;
}

export interface FoundPerson {
  contact: { id: Id; verified: boolean; name?: string; email?: string; phone?: string };
  /** The newest conversation with them that one may see. */
  conversation: Summary;
  /** By what they were found; hits as above. */
  snippet: string;
}

/** The first page of a search: people stand above what was said. */
export interface FoundPage extends Page<Found> {
  people?: FoundPerson[];
  peopleNext?: string;
}

/** Somebody who was asked to join, and has not yet. */
export interface Invitation {
  id: Id;
  email: string;
  role: Role;
  teams: Id[];
  createdAt: Time;
  expiresAt: Time;
  /** Only in the answer that makes it. */
  url?: string;
  mailed?: boolean;
}

export interface ApiToken {
  id: Id;
  name: string;
  scopes: string[];
  createdAt?: Time;
  lastUsedAt?: Time;
  /** Only in the answer that creates it. */
  token?: string;
}

// ---- what a widget reads


export interface PublicInbox {
  id: Id;
  name: string;
  profile: Profile;
  languages: string[];
  brand: { name: string; color: string; logo?: string };
  texts: Record<string, InboxTexts>;
  availability: Availability;
  consent?: 'off' | 'afterConsent' | 'on';
  limits?: { textLength?: number; fileBytes?: number };
  /** By language; one that is not named is spoken to informally. */
  voice: Record<string, Voice>;
  segments: Greeted[];
  /** The form before the chat, and the one for when nobody is here. */
  preChat?: Form;
  offline?: Form;
}

export interface Visitor {
  id: Id;
  verified: boolean;
  name?: string;
  email?: string;
  /** In which they want to be spoken to. */
  language?: string;
  thread?: Id;
}

export interface VisitorSession {
  token: string;
  expiresAt: Time;
  resume: string;
  device: string;
  visitor: Visitor;
  inbox: PublicInbox;
}
