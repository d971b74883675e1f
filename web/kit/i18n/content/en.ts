/** What stands on questions and answers in a thread. Worded so that nobody is addressed: the same texts serve formal and informal inboxes. */
export default {
  // forms
  form: 'Form',
  optional: 'optional',
  send: 'Send',
  choose: 'Please choose',
  yes: 'Yes',
  check: 'Please look again at: {names}',
  'flaw.required': 'Please fill this in.',
  'flaw.email': 'This does not look like an email address.',
  'flaw.phone': 'This does not look like a telephone number.',
  'flaw.number': 'Please write a number.',
  'flaw.date': 'Please choose a day.',
  'flaw.tooLong': 'At most {max} characters, please.',
  'flaw.tooSmall': 'At least {min}, please.',
  'flaw.tooLarge': 'At most {max}, please.',
  'flaw.choice': 'Please choose one of these.',
  'flaw.unknown': 'This is not asked any more.',
  begin: 'A few words before we begin',
  'begin.send': 'Start the conversation',
  away: 'Nobody is here right now. With this we can answer later.',
  full: 'Many people are waiting right now. With this we can answer later.',

  // what was answered
  answered: 'Answered',
  chosen: 'Chosen',
  failed: 'Not sent',
  again: 'Try again',

  // lists and cards
  replies: 'Quick replies',
  list: { one: 'List with {count} entry', other: 'List with {count} entries' },
  cards: { one: '{count} card', other: '{count} cards' },
  previous: 'Previous card',
  next: 'Next card',
  open: 'Open {name}',
  newTab: 'opens in a new tab',
  read: 'Read on',

  // places
  place: 'Place',
  map: 'Show on the map',
  share: 'Share my place',
  sharing: 'Looking for the place…',
  shared: 'My place',
  'place.denied': 'The browser keeps the place to itself. It can simply be written as a message.',
  'place.failed': 'The place could not be found. It can simply be written as a message.',

  // ratings
  rating: 'How was it?',
  'rating.1': 'Very bad',
  'rating.2': 'Bad',
  'rating.3': 'Okay',
  'rating.4': 'Good',
  'rating.5': 'Very good',
  words: 'Anything to add?',
  thanks: 'Thank you for the rating!',
};
