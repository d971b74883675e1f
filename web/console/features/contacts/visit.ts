import { spoken, when } from '../../app/texts.svelte';

/** A language as people name it; its tag where this browser knows none. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames(spoken.language, { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** The time where somebody is. A zone that this browser does not know says nothing. */
export function localTime(zone: string): string | undefined {
  try {
    return when.clockIn(zone);
  } catch {
    return undefined;
  }
}
