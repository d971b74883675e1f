import { localText, type CannedReply, type Id } from '$client';
import { filtered, type Option } from '$kit/parts/options';
import { seat } from '../../app/seat.svelte';

export interface Found extends Option {
  reply: CannedReply;
  /** The beginning of what it says. */
  says: string;
}

/** The replies that were written before, in memory: what is looked for while somebody types must be there at once. */
class Replies {
  all = $state.raw<readonly CannedReply[]>([]);

  constructor() {
    // With every line that comes up: colleagues may have written some.
    seat.hear((frame) => frame.type === 'hello' && void this.load().catch(() => undefined));
  }

  async load() {
    this.all = await seat.api.answering.replies();
  }

  /** By shortcut, name and words; a shortcut that is typed out stands first. */
  find(query: string): Found[] {
    const languages = navigator.languages;
    const options = this.all.map((reply): Found => {
      const says = localText(reply.texts, languages);
      return { id: reply.id, name: reply.name, hint: reply.shortcut ? `/${reply.shortcut}` : undefined, words: `${reply.shortcut} ${says}`, reply, says };
    });
    const typed = query.toLowerCase();
    const rank = ({ reply: { shortcut } }: Found) => (!typed || !shortcut ? 2 : shortcut === typed ? 0 : shortcut.startsWith(typed) ? 1 : 2);
    return filtered(options, query).sort((a, b) => rank(a) - rank(b));
  }

  rendered(conversation: Id, reply: Id) {
    return seat.api.answering.rendered(conversation, reply);
  }
}

export const replies = new Replies();
