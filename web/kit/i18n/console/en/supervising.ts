import type { Catalogue } from '../../texts';

/** Looking after others: what shows before the screen is opened. */
export default {
  'action.supervision': 'Supervision',
  'words.supervision': 'supervisor watch queue agents load',
  'action.whisper': 'Whisper',
  'action.takeOver': 'Take over',
  'note.whisper': '{name} whispers to {to}',
  'failed.whisper': 'Nobody else has this conversation: there is nobody to whisper to.',
  'taken.over': '{name} has taken over. What you had begun to write is kept.',
} satisfies Catalogue;
