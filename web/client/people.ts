import type { Calendar } from './policy';
import type { AgentState, Id, Role, Time } from './types';

export interface Agent {
  id: Id;
  name: string;
  email?: string;
  picture?: string;
  role: Role;
  state: AgentState;
  active: boolean;
  teams?: Id[];
  /** How much they have in hand at most: a live conversation is one, a message that waits for their answer a third. */
  capacity?: number;
  /** In which they are offered conversations as long as somebody is there who speaks the customer's; empty: in any. */
  languages?: string[];
  /** What they know, and how well: 1 to 3. */
  skills?: Record<string, number>;
  experience?: 'beginner' | 'regular' | 'expert';
  /** They have a pause until then. */
  pausedUntil?: Time;
}

export interface Me {
  id: Id;
  name: string;
  email: string;
  role: Role;
  state: AgentState;
  picture?: string;
  /** How long what one sent can be taken back, where nobody is talked with live. */
  undoSeconds: number;
  /** One has a pause until then, and is online again by oneself. */
  pausedUntil?: Time;
  workspace: { id: Id; name: string };
}

export interface Team {
  id: Id;
  name: string;
  agents?: Id[];
  hours?: Calendar;
}
