import type { Catalogue } from '../../../texts';

/** How it stands, and watching a conversation. */
export default {
  'supervision.queue': 'In the queue',
  'supervision.queue.none': 'Nobody waits',
  'supervision.longest': 'Longest wait: {time}',
  'supervision.asked': '{name} is asked',
  'supervision.promises': 'Promises',
  'supervision.promises.none': 'All in time',
  'supervision.broken': 'due {time}',
  'supervision.risk': 'due {time}',
  'supervision.agents': 'Agents',
  'supervision.there': '{here} of {count} here',
  'supervision.load': '{load} of {capacity}',
  'supervision.waits': 'waits {time}',
  'supervision.holds.none': 'Nothing to do',
  'supervision.nobody': 'nobody',
  'supervision.watching': 'You are watching. {name} has this conversation; the customer sees nothing of you.',
  'supervision.watching.nobody': 'You are watching. Nobody has this conversation; the customer sees nothing of you.',
  'supervision.whisper': 'Whisper to {name}',
  'supervision.taken': 'It is yours now',
  'supervision.reason': 'Why',
  'supervision.reason.hint': 'Colleagues read it in the thread. The customer learns only who goes on.',
} satisfies Catalogue;
