import type { Entry, Summary } from './types';

/** What of a row follows from the entries of its conversation, entry by entry, as the server folds it. */
export type Standing = Pick<
  Summary,
  'status' | 'mode' | 'holder' | 'team' | 'priority' | 'labels' | 'pendingOn' | 'snoozedUntil' | 'episode' | 'lastSeq' | 'lastMessageSeq' | 'spam'
>;

export const unopened: Standing = {
  status: 'open', mode: 'messaging', holder: { kind: 'nobody' }, priority: 'normal', labels: [], lastSeq: 0, lastMessageSeq: 0,
};

/** Folds one entry; entries that are known already, and types that are not, change nothing. */
export function fold<T extends Standing>(standing: T, entry: Entry): T {
  if (entry.seq <= standing.lastSeq) return standing;
  const next: T = { ...standing, lastSeq: entry.seq };
  switch (entry.type) {
    case 'message':
      next.lastMessageSeq = entry.seq;
      return next;
    case 'episodeOpened':
    case 'episodeReopened':
      // An episode says nothing of the status: what is on a third party stays so, whatever the customer says.
      if (entry.episode !== undefined) next.episode = entry.episode;
      return next;
    case 'assigned':
      delete next.team;
      if (entry.team) next.team = entry.team;
      next.holder = entry.agent ? { kind: 'agent', id: entry.agent } : entry.team ? { kind: 'queue', id: entry.team } : { kind: 'nobody' };
      return next;
    case 'accepted':
      if (entry.agent) next.holder = { kind: 'agent', id: entry.agent };
      return next;
    case 'snoozed':
      status(next, 'snoozed');
      if (entry.until) next.snoozedUntil = entry.until;
      return next;
    case 'pending':
      status(next, 'pending');
      if (entry.on) next.pendingOn = entry.on;
      return next;
    case 'closed':
      return status(next, 'closed');
    case 'spamMarked':
      next.spam = true;
      return next;
    case 'spamCleared':
      delete next.spam;
      return next;
    case 'unsnoozed':
    case 'unpended':
    case 'reopened':
      return status(next, 'open');
    case 'labelled':
      if (entry.label && !next.labels.includes(entry.label)) next.labels = [...next.labels, entry.label];
      return next;
    case 'unlabelled':
      next.labels = next.labels.filter((label) => label.toUpperCase() !== entry.label?.toUpperCase());
      return next;
    case 'priorityChanged':
      if (entry.to) next.priority = entry.to;
      return next;
    case 'modeChanged':
      if (entry.to) next.mode = entry.to;
      return next;
    default:
      return next;
  }
}

/** The only place that changes a status, so that nothing of the one before it stays behind. */
function status<T extends Standing>(standing: T, to: Standing['status']): T {
  standing.status = to;
  delete standing.pendingOn;
  delete standing.snoozedUntil;
  return standing;
}
