import type { Entry } from '$client';
import { t, when, type Key } from '../../app/texts.svelte';

type Of<T extends Entry['type']> = Extract<Entry, { type: T }>;
type Name = (agent: string | undefined) => string;

/**
 * What the system did between the two sides: who was looked for, what was promised. `who` names an agent, or the author where none is named; `whom` the same where
 * something is done to them.
 */
export function talk(entry: Entry, who: Name, whom: Name = who): string | undefined {
  switch (entry.type) {
    case 'accepted':
      return accepted(entry, who, whom);
    case 'modeChanged':
      return mode(entry, who);
    case 'liveRequested':
      return t('fact.asked');
    case 'requeued':
      return t(entry.cause === 'silence' ? 'fact.requeued.silence' : entry.cause === 'agentLeft' ? 'fact.requeued' : 'fact.requeued.transferred', { who: (entry.cause === 'silence' ? whom : who)(entry.from) });
    case 'abandoned':
      return t('fact.abandoned', { time: when.span(entry.waitedMs ?? 0) });
    case 'offered':
      return t('fact.offered', { who: whom(entry.agent) });
    case 'declined':
      return t(entry.cause === 'missed' ? 'fact.declined.missed' : entry.cause === 'gone' ? 'fact.declined.gone' : 'fact.declined', { who: who(entry.agent) });
    case 'soothed':
      return t('fact.soothed');
    case 'promised':
      return t(entry.ground === 'agent' ? 'fact.promised.agent' : 'fact.promised', { who: who(undefined), time: moment(entry.spoken ?? entry.due) });
    case 'promiseRenewed':
      return t('fact.renewed', { time: moment(entry.spoken ?? entry.due) });
    case 'promiseBroken':
      return broken(entry);
    case 'sessionReminded':
      return t('fact.reminded');
    case 'stayed':
      return t('fact.stayed');
    case 'nudged':
      return entry.agent ? t('fact.nudged', { who: whom(entry.agent) }) : t('fact.nudged.nobody');
    case 'informed':
      return t('fact.informed');
    case 'notified':
      return t(entry.by === 'mail' ? 'fact.mailed' : entry.by === 'transcript' ? 'fact.transcript' : 'fact.pushed');
    case 'undelivered':
      return t(entry.by !== 'mail' ? missed[entry.cause ?? ''] ?? 'fact.missed' : entry.cause === 'refused' ? 'fact.mailRefused' : 'fact.mailGivenUp');
    case 'reached':
      return t('fact.reached');
    default:
      return undefined;
  }
}

/** Why something did not go out by a channel. */
const missed: Record<string, Key> = { windowClosed: 'fact.missed.window', recipientGone: 'fact.missed.gone', outcomeUnknown: 'fact.missed.unknown' };

const moment = (at: string | undefined) => (at ? when.moment(at) : '');

/** What is due is broken then, and what the customer reads is rounded up: both are said where they are not the same. */
function broken({ due, spoken }: Of<'promiseBroken'>): string {
  const [at, reads] = [moment(due), moment(spoken ?? due)];
  return at === reads ? t('fact.broken', { time: at }) : t('fact.broken.reads', { due: at, time: reads });
}

function accepted(entry: Of<'accepted'>, who: Name, whom: Name): string {
  const by = { offer: 'fact.accepted.offer', auto: 'fact.accepted.auto', returned: 'fact.accepted.returned' } as const;
  return t(by[entry.by as keyof typeof by] ?? 'fact.accepted', { who: (entry.by === 'auto' ? whom : who)(entry.agent) });
}

function mode(entry: Of<'modeChanged'>, who: Name): string {
  switch (entry.to) {
    case 'live':
      return t(entry.cause === 'contactReturned' ? 'fact.live.returned' : entry.cause === 'bothPresent' ? 'fact.live.bothPresent' : 'fact.mode.live');
    case 'messaging': {
      const causes = { contactLeft: 'fact.messaging.contactLeft', idle: 'fact.messaging.idle', later: 'fact.messaging.later', agentLeft: 'fact.messaging.agentLeft', ended: 'fact.messaging.ended' } as const;
      return t(causes[entry.cause as keyof typeof causes] ?? 'fact.mode.messaging', { who: who(undefined) });
    }
    case 'paused':
      return t('fact.mode.paused');
    case 'waiting':
      return t('fact.mode.waiting');
    case 'dormant':
      return t('fact.mode.dormant');
    default:
      return t('fact.mode.ended');
  }
}
