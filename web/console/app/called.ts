import type { Id } from '$client';
import { t } from './texts.svelte';

/** What a contact is called. Who has said no name is told apart from the other visitors by the end of their id. */
export function called(contact: { id?: Id; name?: string } | undefined): string {
  return contact?.name ?? (contact?.id ? t('visitor.id', { id: contact.id.slice(-4).toUpperCase() }) : t('visitor'));
}
