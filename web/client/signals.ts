import type { Availability } from './policy';
import type { SupervisionView } from './supervision';
import type { AgentState, Author, Id, Summary, Time } from './types';

// What a stream says of this moment alone: neither stored nor said again to who comes later.

export type TypingSignal = { type: 'signal'; kind: 'typing'; conversation: Id; on: boolean; author: Author; text?: string };
export type PresenceSignal = { type: 'signal'; kind: 'presence'; contact?: Id; agent?: Id; present: boolean; state?: AgentState };
/** Who the customer of a thread that is open turns out to be, or is called now. */
export type ContactSignal = { type: 'signal'; kind: 'contact'; conversation: Id; contact: Summary['contact'] };
/** Who of the inbox's people is here now: said when a visitor's stream begins, and when it has changed. */
export type AvailabilitySignal = { type: 'signal'; kind: 'availability'; availability: Availability };
/** One is asked whether one takes a conversation, until a time. */
export interface Offer {
  id: Id;
  conversation: Id;
  inbox: Id;
  until: Time;
  waitingSince?: Time;
  /** The customer asked to talk now. */
  asked?: boolean;
}
export type OfferSignal = { type: 'signal'; kind: 'offer'; offer: Offer };
/** An offer is over; `agent`: who has the conversation now. */
export type OfferGoneSignal = { type: 'signal'; kind: 'offerGone'; id: Id; conversation: Id; agent?: Id };
/** Where a customer who waits stands; `more`: there or further behind. */
export type QueueSignal = { type: 'signal'; kind: 'queue'; conversation: Id; place: number; more?: boolean; waitSeconds?: { low: number; high: number } };
/** An answer is owed, and the time for it runs out; `broken`: it has, which supervisors hear too. Told to who has it, or to all who may take it; `passed`: to who had it and was silent. */
export type NudgeSignal = { type: 'signal'; kind: 'nudge'; conversation: Id; due?: Time; broken?: boolean; passed?: boolean };
/** Which agents look at a conversation, and what they write there. */
export type CompanySignal = { type: 'signal'; kind: 'company'; conversation: Id; agents: readonly { id: Id; typing?: 'reply' | 'note' }[] };
/** There are other saved views, or one is made by now. */
export type ViewsSignal = { type: 'signal'; kind: 'views' };
/** How it stands, to who looks after it; or, not `whole`, what is different. */
export type SupervisionSignal = { type: 'signal'; kind: 'supervision'; supervision: SupervisionView };
/** There are others on the site, or elsewhere: told to who looks at the list. */
export type VisitorsSignal = { type: 'signal'; kind: 'visitors' };
export type Signal = VisitorsSignal | CompanySignal | SupervisionSignal | ViewsSignal | NudgeSignal | TypingSignal | PresenceSignal | ContactSignal | AvailabilitySignal | OfferSignal | OfferGoneSignal | QueueSignal;
