import { read, write } from '../core/page';

/** What is written and not sent, per conversation: kept at every stroke, so that a page change in mid-word loses nothing. */
export const drafts = (inbox: string) => {
  const key = (conversation: string) => `parley:draft:${inbox}:${conversation.startsWith('new:') ? 'new' : conversation}`;
  return {
    get: (conversation: string): string => read(key(conversation)) ?? '',
    put: (conversation: string, text: string): void => write(key(conversation), text || undefined),
  };
};
