import type { Preference, Why } from '$client';
import { t } from '../../app/texts.svelte';

/** Which preference told the first from the second; nothing where it went in turns, or there was one alone. */
export function decisive(why: Why): number | undefined {
  const [first, second] = why.candidates;
  if (!first || !second) return undefined;
  const at = why.by.findIndex((_, i) => first.scores[i] !== second.scores[i]);
  return at < 0 ? undefined : at;
}

/** A score as a person reads it. */
export function said(by: Preference, score: number): string {
  switch (by) {
    case 'contactOwner':
    case 'lastAgent':
    case 'language':
      return score > 0 ? t('why.yes') : '–';
    case 'skills':
      return score > 0 ? String(score) : '–';
    case 'leastLoaded':
      return t('why.full', { percent: Math.round(-score * 100) });
    case 'spreadHard':
      return score <= -100 ? t('why.beginner') : String(Math.abs(score));
    default:
      return t('why.place', { place: Math.round(-score) });
  }
}
