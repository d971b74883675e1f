import type { Catalogue } from '../../../texts';

/** What is left of the set-up. */
export default {
  'steps.count': '{done} of {all} done',
  'steps.text': 'What is left to do before customers write. Each line ticks itself.',
  'steps.done': 'done',
  'steps.company': 'Say who you are',
  'steps.company.text': 'Name, time zone and opening hours of your company',
  'steps.look': 'Make it yours',
  'steps.look.text': 'Your colour, your logo, your first words',
  'steps.site': 'Put it on your site',
  'steps.site.text': 'One line, by you or by your webmaster',
  'steps.hello': 'Write to yourself',
  'steps.hello.text': 'Open a customer’s window and answer from here',
  'steps.colleague': 'Invite a colleague',
  'steps.colleague.text': 'By a link that you mail or hand on',
  'steps.away': 'Put this list away',
  'steps.away.done': 'The list is put away',
  'steps.all': 'Everything is set up',
  'steps.all.text': 'All of it can be changed at any time in the settings.',
} satisfies Catalogue;
