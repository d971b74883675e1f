import type { Translation } from '../../../texts';
import type en from '../../en/late/steps';

export default {
  'steps.count': '{done} van {all} klaar',
  'steps.text': 'Wat er nog te doen is voordat klanten schrijven. Elke regel vinkt zichzelf af.',
  'steps.done': 'klaar',
  'steps.company': 'Zeg wie je bent',
  'steps.company.text': 'Naam, tijdzone en openingstijden van je bedrijf',
  'steps.look': 'Maak het van jullie',
  'steps.look.text': 'Je kleur, je logo, je eerste woorden',
  'steps.site': 'Zet het op je site',
  'steps.site.text': 'Eén regel, door jou of je webmaster',
  'steps.hello': 'Schrijf jezelf',
  'steps.hello.text': 'Open een klantvenster en antwoord van hier',
  'steps.colleague': 'Nodig een collega uit',
  'steps.colleague.text': 'Met een link die je mailt of doorgeeft',
  'steps.away': 'Lijst opbergen',
  'steps.away.done': 'De lijst is opgeborgen',
  'steps.all': 'Alles is ingericht',
  'steps.all.text': 'Het is allemaal altijd te wijzigen in de instellingen.',
} satisfies Translation<typeof en>;
