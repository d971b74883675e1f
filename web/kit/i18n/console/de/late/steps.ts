import type { Translation } from '../../../texts';
import type en from '../../en/late/steps';

export default {
  'steps.count': '{done} von {all} erledigt',
  'steps.text': 'Was noch zu tun ist, bevor Kunden schreiben. Jede Zeile hakt sich selbst ab.',
  'steps.done': 'erledigt',
  'steps.company': 'Sagen, wer Sie sind',
  'steps.company.text': 'Name, Zeitzone und Öffnungszeiten der Firma',
  'steps.look': 'Das eigene Aussehen',
  'steps.look.text': 'Ihre Farbe, Ihr Logo, Ihre ersten Worte',
  'steps.site': 'Auf die Website setzen',
  'steps.site.text': 'Eine Zeile, von Ihnen oder Ihrem Webmaster',
  'steps.hello': 'Sich selbst schreiben',
  'steps.hello.text': 'Ein Kundenfenster öffnen und von hier antworten',
  'steps.colleague': 'Jemanden einladen',
  'steps.colleague.text': 'Mit einem Link, per E-Mail oder weitergegeben',
  'steps.away': 'Liste weglegen',
  'steps.away.done': 'Die Liste ist weggelegt',
  'steps.all': 'Alles ist eingerichtet',
  'steps.all.text': 'Alles davon lässt sich jederzeit in den Einstellungen ändern.',
} satisfies Translation<typeof en>;
