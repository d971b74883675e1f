import type { Entry, Summary } from './types';

/** What of a row follows from the entries of its conversation, entry by entry, as the server folds it. */
export type Standing = Pick<
  Summary,
  'status' | 'mode' | 'holder' | 'team' | 'priority' | 'followers' | 'labels' | 'pendingOn' | 'snoozedUntil' | 'episode' | 'lastSeq' | 'lastMessageSeq' | 'spam' | 'promise' | 'offer'
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
      // What was broken is over once somebody answers; what was not is kept by an entry of its own.
      if (next.promise?.broken && (entry.author.kind === 'agent' || entry.author.kind === 'program')) delete next.promise;
      return next;
    case 'opened':
      if (entry.mode) next.mode = entry.mode;
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
      delete next.offer;
      return next;
    case 'accepted':
      if (entry.agent) next.holder = { kind: 'agent', id: entry.agent };
      delete next.offer;
      return next;
    case 'requeued':
      next.holder = next.team ? { kind: 'queue', id: next.team } : { kind: 'nobody' };
      delete next.offer;
      return next;
    case 'offered':
      if (entry.offer && entry.agent && entry.until) next.offer = { id: entry.offer, agent: entry.agent, until: entry.until };
      return next;
    case 'declined':
    case 'queued':
      delete next.offer;
      return next;
    case 'promised':
    case 'promiseRenewed':
      if (entry.due && entry.ground) next.promise = { due: entry.due, spoken: entry.spoken ?? entry.due, ground: entry.ground };
      return next;
    case 'promiseKept':
    case 'promiseLate':
      delete next.promise;
      return next;
    case 'promiseBroken':
      if (next.promise) next.promise = { ...next.promise, broken: true };
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
      delete next.promise;
      delete next.offer;
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
    case 'followed':
      if (entry.agent && !next.followers?.includes(entry.agent)) next.followers = [...(next.followers ?? []), entry.agent];
      return next;
    case 'unfollowed':
      if (next.followers?.some((agent) => agent !== entry.agent)) next.followers = next.followers.filter((agent) => agent !== entry.agent);
      else delete next.followers;
      return next;
    case 'priorityChanged':
      if (entry.to) next.priority = entry.to;
      return next;
    case 'modeChanged':
      if (entry.to) next.mode = entry.to;
      if (entry.to !== 'waiting') delete next.offer;
      if (entry.to === 'ended') delete next.promise;
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
