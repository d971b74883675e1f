import type { Entry, Told } from '$client';
import { called } from '../../app/called';
import { wordsIn } from '$kit/content/words';
import { seat } from '../../app/seat.svelte';
import { spoken, t, when } from '../../app/texts.svelte';
import { talk } from './talk';

/** One sentence for a fact of the timeline, and to the letter what the customer read with it. */
export function sentence(entry: Entry): string {
  const { told } = entry as { told?: Told };
  const fact = plain(entry);
  if (!told || entry.type === 'ratingAsked') return fact;
  // What they read is by their own clock.
  const place = told.params['zone']?.split('/').at(-1)?.replaceAll('_', ' ');
  return place ? t('fact.told.zone', { fact, text: told.text, place }) : t('fact.told', { fact, text: told.text });
}

function plain(entry: Entry): string {
  const who = actor(entry);
  switch (entry.type) {
    case 'opened':
      return t('fact.opened');
    case 'episodeOpened':
      return t('fact.episode', { n: entry.episode ?? 1 });
    case 'assigned':
      return assigned(entry, who);
    case 'snoozed':
      return t('fact.snoozed', { who, time: entry.until ? when.moment(entry.until) : '' });
    case 'unsnoozed':
      return t(entry.cause === 'manual' ? 'fact.unsnoozed' : entry.cause === 'message' ? 'fact.unsnoozed.message' : 'fact.unsnoozed.due', { who });
    case 'pending':
      return t(entry.on === 'thirdParty' ? 'fact.pending.thirdParty' : 'fact.pending.customer', { who });
    case 'unpended':
      return t(entry.cause === 'manual' ? 'fact.unpended' : 'fact.unpended.message', { who });
    case 'spamMarked':
      return t('fact.spam', { who });
    case 'spamCleared':
      return t('fact.noSpam', { who });
    case 'closed':
      return t(entry.cause === 'unanswered' ? 'fact.closed.unanswered' : entry.cause === 'ended' ? 'fact.closed.ended' : 'fact.closed', { who });
    case 'reopened':
      return t(entry.cause === 'manual' ? 'fact.reopened' : 'fact.reopened.message', { who });
    case 'combined':
      return t('fact.combined', { who, name: entry.name ?? '' });
    case 'labelled':
      return t('fact.labelled', { who, label: entry.label ?? '' });
    case 'unlabelled':
      return t('fact.unlabelled', { who, label: entry.label ?? '' });
    case 'consulted':
      return t('fact.consulted', { who, to: [...(entry.agents ?? []).map((agent) => object(agent)), ...(entry.teams ?? []).map((team) => seat.team(team)?.name ?? t('team'))].join(', ') });
    case 'consultSettled':
      return t('fact.consultSettled', { who });
    case 'followed':
      return t(entry.agent === entry.author.id ? 'fact.followed.self' : 'fact.followed', { who, to: object(entry.agent) ?? who });
    case 'unfollowed':
      return t(entry.agent === entry.author.id ? 'fact.unfollowed.self' : 'fact.unfollowed', { who, to: object(entry.agent) ?? who });
    case 'priorityChanged':
      return t('fact.priority', { who, priority: entry.to ? t(`priority.${entry.to}`) : '' });
    case 'erased':
      return t('fact.erased', { who });
    case 'ratingAsked':
      return t('fact.ratingAsked');
    case 'rated':
      return rated(entry, who);
    default:
      return talk(entry, (agent) => agentName(agent) ?? who, (agent) => object(agent) ?? who) ?? entry.type;
  }
}

function assigned(entry: Extract<Entry, { type: 'assigned' }>, who: string): string {
  const agent = object(entry.agent);
  const team = seat.team(entry.team)?.name;
  // Nobody did it: why stands beside it.
  if (entry.cause === 'routed' && agent) return t('fact.accepted.auto', { who: agent });
  const self = entry.agent !== undefined && entry.agent === entry.author.id;
  // Who had it keeps it: only the team is another.
  if (team && entry.agent === entry.fromAgent) return t('fact.assigned.team', { who, to: team });
  if (self) return t('fact.assigned.self', { who });
  if (agent) return t('fact.assigned', { who, to: agent });
  if (entry.team) return t('fact.assigned.team', { who, to: team ?? t('team') });
  return t('fact.unassigned', { who });
}

function rated({ score, text }: Extract<Entry, { type: 'rated' }>, who: string): string {
  const rating = score ? wordsIn(spoken.language)(`rating.${score as 1}`) : '';
  return text ? t('fact.rated.words', { who, rating, text }) : t('fact.rated', { who, rating });
}

function agentName(id: string | undefined): string | undefined {
  if (!id) return undefined;
  return id === seat.me?.id ? t('you') : (seat.agent(id)?.name ?? t('somebody'));
}

/** To whom something is done. */
const object = (id: string | undefined) => (id && id === seat.me?.id ? t('you.object') : agentName(id));

function actor({ author }: Entry): string {
  if (author.kind === 'agent') return agentName(author.id) ?? author.name ?? t('somebody');
  if (author.kind === 'contact') return called(author);
  if (author.kind === 'rule') return t('rule.author');
  return author.name ?? t('system');
}
