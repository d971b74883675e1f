import { emojiGroups, type EmojiGroup } from '$kit/emoji';
import { t } from '../../../app/texts.svelte';

export function emojiGroupNames(): Record<EmojiGroup, string> {
  return Object.fromEntries(emojiGroups.map((group) => [group, t(`emoji.${group}`)])) as Record<EmojiGroup, string>;
}
