import type { Translation } from '../../../texts';
import type en from '../../en/late/steps';

export default {
  'steps.count': '{done} de {all} hechos',
  'steps.text': 'Lo que falta antes de que escriban los clientes. Cada línea se marca sola.',
  'steps.done': 'hecho',
  'steps.company': 'Di quiénes sois',
  'steps.company.text': 'Nombre, zona horaria y horario de la empresa',
  'steps.look': 'Dale vuestro aspecto',
  'steps.look.text': 'Vuestro color, el logotipo, las primeras palabras',
  'steps.site': 'Ponlo en tu sitio web',
  'steps.site.text': 'Una línea, tú o quien lleva el sitio',
  'steps.hello': 'Escríbete',
  'steps.hello.text': 'Abre una ventana de cliente y responde desde aquí',
  'steps.colleague': 'Invita a alguien',
  'steps.colleague.text': 'Con un enlace que envías o entregas',
  'steps.away': 'Guardar esta lista',
  'steps.away.done': 'La lista está guardada',
  'steps.all': 'Todo está listo',
  'steps.all.text': 'Todo se puede cambiar cuando quieras en los ajustes.',
} satisfies Translation<typeof en>;
