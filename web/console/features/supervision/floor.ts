import type { AtWork, Ongoing, SupervisionView } from '$client';

/** All that is known of the moment. */
export interface Floor {
  agents: ReadonlyMap<string, AtWork>;
  conversations: ReadonlyMap<string, Ongoing>;
}

export const nothing: Floor = { agents: new Map(), conversations: new Map() };

/** What was told laid over what was known. */
export function told(floor: Floor, view: SupervisionView): Floor {
  const { agents, conversations } = view.whole ? nothing : floor;
  const next = new Map([...conversations, ...view.conversations.map((it) => [it.conversation, it] as const)]);
  for (const id of view.gone) next.delete(id);
  return { agents: new Map([...agents, ...view.agents.map((it) => [it.id, it] as const)]), conversations: next };
}

const earlier = (one: string | undefined, other: string | undefined) => (one ?? '9').localeCompare(other ?? '9');
const weight = { urgent: 0, high: 1, normal: 2, low: 3 };

/** Who waits to be taken, who is next first: what is urgent, then who came first. */
export const queue = ({ conversations }: Floor): Ongoing[] =>
  [...conversations.values()].filter((it) => it.since).sort((a, b) => weight[a.priority] - weight[b.priority] || earlier(a.since, b.since));

/** Since when whoever waits longest does. */
export const oldest = (floor: Floor): string | undefined => queue(floor).map((it) => it.since!).sort()[0];

/** What was promised and is late, or soon will be: what is broken first, then what is due first. */
export const owed = ({ conversations }: Floor, now: number): Ongoing[] =>
  [...conversations.values()]
    .filter((it) => it.promise && (it.promise.broken || it.promise.risky || Date.parse(it.promise.due) <= now))
    .sort((a, b) => Number(late(b, now)) - Number(late(a, now)) || earlier(a.promise!.due, b.promise!.due));

export const late = (it: Ongoing, now: number): boolean => it.promise !== undefined && (it.promise.broken || Date.parse(it.promise.due) <= now);

/** Who is here comes first, and of them who has most to do; with what they have, what waits longest first. */
export const staff = ({ agents, conversations }: Floor): { agent: AtWork; has: Ongoing[] }[] => {
  return [...agents.values()]
    .map((agent) => ({ agent, has: [...conversations.values()].filter((it) => it.agent === agent.id).sort((a, b) => earlier(a.waitingSince, b.waitingSince)) }))
    .sort((a, b) => Number(there(b.agent)) - Number(there(a.agent)) || b.agent.load / b.agent.capacity - a.agent.load / a.agent.capacity || a.agent.name.localeCompare(b.agent.name));
};

export const there = (agent: AtWork): boolean => agent.here && agent.state !== 'offline';

/** 2, 2⅓, 2⅔. */
export function units(load: number): string {
  const third = Math.round((load % 1) * 3) % 3;
  const whole = Math.floor(load + 0.01);
  return `${whole || (third ? '' : 0)}${['', '⅓', '⅔'][third]}`;
}
