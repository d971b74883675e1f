import { seat } from '../../app/seat.svelte';
import { spoken, t, type Key } from '../../app/texts.svelte';
import type { FieldShape } from './draft';

export interface Word {
  value: string;
  name: string;
}

const languages = ['de', 'en', 'es', 'fr', 'it', 'nl', 'pl', 'pt', 'ru', 'tr', 'uk', 'ar', 'zh', 'ja'];

/** What can be chosen in a field, by the names that people know. */
export function wordsOf(shape: FieldShape, labels: readonly string[]): Word[] {
  switch (shape.name) {
    case 'holder':
      return [
        ...['me', 'agent', 'nobody', 'queue'].map((value) => ({ value, name: t(`views.holder.${value}` as Key) })),
        ...(seat.directory?.agents ?? []).filter((agent) => agent.active).map((agent) => ({ value: agent.id, name: agent.name })),
      ];
    case 'team':
      return (seat.directory?.teams ?? []).map((team) => ({ value: team.id, name: team.name }));
    case 'inbox':
      return (seat.directory?.inboxes ?? []).map((inbox) => ({ value: inbox.id, name: inbox.name }));
    case 'label':
      return labels.map((label) => ({ value: label, name: label }));
    case 'channel':
      return [{ value: 'web', name: t('views.channel.web') }];
    case 'language':
    case 'contact.language': {
      const names = new Intl.DisplayNames([spoken.language], { type: 'language' });
      return languages.map((value) => ({ value, name: names.of(value) ?? value })).sort((a, b) => a.name.localeCompare(b.name));
    }
    case 'promise':
      return (shape.words ?? []).map((value) => ({ value, name: t(`views.promise.${value}` as Key) }));
    case 'contact.verified':
      return (shape.words ?? []).map((value) => ({ value, name: t(value === 'true' ? 'views.yes' : 'views.no') }));
    default:
      if (shape.title) return (shape.words ?? []).map((value) => ({ value, name: value === 'true' ? t('views.yes') : value === 'false' ? t('views.no') : value }));
      return (shape.words ?? []).map((value) => ({ value, name: t(`${shape.name}.${value}` as Key) }));
  }
}
