import type { Id, Time } from './types';

/** Of what an agent is told while their console is closed. */
export type PushKind = 'mine' | 'team' | 'mention' | 'promise';

/** As `22:00`; past midnight where `from` is later. */
export interface QuietHours {
  from: string;
  to: string;
  zone: string;
}

export interface PushDevice {
  id: Id;
  name: string;
  madeAt: Time;
}

export interface PushView {
  /** What a browser subscribes to. */
  publicKey: string;
  kinds: Record<PushKind, boolean>;
  quiet?: QuietHours | undefined;
  devices: PushDevice[];
}

export interface NewDevice {
  endpoint: string;
  keys: { p256dh: string; auth: string };
  name: string;
  language: string;
}
