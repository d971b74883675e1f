export default {
  // header
  title: 'Messages',
  close: 'Close',
  back: 'Back',
  here: '{name} is here',
  hereTeam: '{name} and the team are here',
  hereNobodyNamed: 'We are here',
  away: 'We answer as soon as we can',
  closed: 'Write any time, we are back later',
  closedUntil: 'Back {day} at {time}, write any time',
  unread: { one: '{count} new message', other: '{count} new messages' },
  you: 'You',
  us: 'The team',
  photo: 'Picture',

  // thread
  thread: 'Conversation with {name}',
  log: 'Messages',
  loading: 'Loading messages…',
  newMark: 'New',
  sending: 'Sending',
  waiting: 'Waits for the connection',
  sent: 'Sent',
  delivered: 'Delivered',
  read: 'Read',
  failed: 'Not sent',
  retry: 'Try again',
  edited: 'edited',
  gone: 'Message deleted',
  openImage: 'Open picture {name}',
  actions: 'What to do with this message',

  // composer
  write: 'Write a message…',
  send: 'Send',
  save: 'Save',
  attach: 'Add a file',
  emoji: 'Add an emoji',
  uploading: '{share} uploaded',

  // trouble
  offline: 'No connection. What you write is kept and sent later.',
  reconnecting: 'Connecting again…',
  unavailable: 'The messages could not be loaded.',
};
