import { localText, type Id, type Item, type Summary } from '$client';

/** Why whoever had it has it no longer. */
export type Reason = 'new' | 'assigned' | 'agentLeft' | 'silence' | 'transferred' | 'agentAway' | 'agentFull' | 'deactivated' | 'asked' | 'inboxTeams';

/** Said to them, given them to read, asked in a form that they have not answered, or several things at once. */
export interface Tried {
  as: 'tried' | 'article' | 'unanswered' | 'macro';
  item: Item;
}

/** What the next one has to know, so that nobody must tell it twice. */
export interface Handover {
  /** Who had it; nobody where nobody has answered yet. */
  from?: Id;
  why: Reason;
  /** Who decided that, where it was a person. */
  by?: Id | undefined;
  at: string;
  /** The customer's first words of this matter. */
  asked?: Item | undefined;
  /** What forms brought. */
  forms: Item[];
  /** What the customer was promised and still waits for. */
  promised?: string | undefined;
  /** The last words of each side. */
  theirs?: Item | undefined;
  ours?: Item | undefined;
  /** What was done about it before that, the newest last; what they were asked in forms and have not answered is never left out. */
  tried: Tried[];
  /** Who had it before, in order. */
  through: Id[];
  /** What was noted for colleagues last. */
  note?: Item | undefined;
}

/** So many before the last are shown: what was tried longer ago the thread tells. */
const most = 5;

const reasons = new Set<string>(['agentLeft', 'silence', 'transferred', 'agentAway', 'agentFull', 'deactivated', 'asked', 'inboxTeams']);
const why = (cause: string | undefined): Reason => (cause && reasons.has(cause) ? (cause as Reason) : 'assigned');

/**
 * Read from what happened in the newest matter. Nothing where nobody else had it before, and nothing more once `me` has answered. Who merely looks at what
 * is another's needs no introduction; who is `asked` to take it has one in any case where there is anything to say.
 */
export function handover(row: Summary | undefined, items: readonly Item[], me: Id, asked = false): Handover | undefined {
  if (!row || row.status === 'closed' || row.spam || (!asked && row.holder.kind === 'agent' && row.holder.id !== me)) return undefined;
  return told(items, me, asked);
}

function told(items: readonly Item[], me: Id, always: boolean): Handover | undefined {
  let holder: Id | undefined;
  let card: Handover | undefined;
  let [asked, theirs, ours, note, promised]: [Item?, Item?, Item?, Item?, string?] = [];
  let forms: Item[] = [];
  let did: Tried[] = [];
  let open = new Map<number, Item>();
  let through: Id[] = [];
  const taken = (agent: Id | undefined, cause: string | undefined, item: Item, by?: Id) => {
    if (agent === holder) return;
    // Back and forth is one hand-over: who had it last is whom one would ask.
    if (holder && holder !== me) card = { from: holder, why: why(cause), by: by === holder ? undefined : by, at: item.entry.at, forms: [], tried: [], through: [] };
    else if (holder === me && agent) card = undefined;
    holder = agent;
    if (agent && agent !== me) through = [...through.filter((each) => each !== agent), agent];
  };
  for (const item of items) {
    const { entry } = item;
    switch (entry.type) {
      case 'episodeOpened':
        asked = theirs = ours = note = undefined;
        promised = card = undefined;
        [forms, did, open, through] = [[], [], new Map(), holder && holder !== me ? [holder] : []];
        break;
      case 'message':
        if (!item.content) break;
        if (item.content.type === 'formResponse') forms.push(item);
        if (entry.of) open.delete(entry.of);
        if (item.content.type === 'form') open.set(item.seq, item);
        if (entry.author.kind === 'contact') {
          // What they say to our answer is no question any more.
          if (!ours && item.content.type !== 'formResponse') asked ??= item;
          theirs = item;
        } else {
          ours = item;
          did.push({ as: item.content.type === 'article' ? 'article' : 'tried', item });
          promised = undefined;
          if (entry.author.id === me) card = undefined;
        }
        break;
      case 'combined':
        did.push({ as: 'macro', item });
        break;
      case 'note':
        note = item;
        break;
      case 'promised':
      case 'promiseRenewed':
        promised = entry.spoken ?? entry.due;
        break;
      case 'accepted':
        taken(entry.agent, card?.why, item);
        break;
      case 'requeued':
        taken(undefined, entry.cause, item);
        break;
      case 'assigned':
        taken(entry.agent, entry.cause, item, entry.author.kind === 'agent' ? entry.author.id : undefined);
        break;
      default:
    }
  }
  // Nobody has it from another, and nobody has answered: what the forms brought is what the first answer is to.
  const begins = always ? (asked ?? ours ?? forms[0] ?? open.values().next().value) : !ours && asked && forms[0];
  if (!card && begins) card = { why: 'new', at: begins.entry.at, forms: [], tried: [], through: [] };
  const unanswered = [...open.values()];
  const before = did.filter(({ item }) => item !== ours && !unanswered.includes(item)).slice(-most);
  const tried = [...before, ...unanswered.map((item): Tried => ({ as: 'unanswered', item }))].sort((a, b) => a.item.seq - b.item.seq);
  return card && { ...card, asked, forms, promised, theirs: theirs === asked ? undefined : theirs, ours: ours && open.has(ours.seq) ? undefined : ours, note, tried, through };
}

/** What a line of the card says of it. */
export function wordsOf({ entry, content }: Item, languages: readonly string[]): string {
  if (entry.type === 'combined') return entry.name ?? '';
  if (entry.type === 'note') return entry.text ?? '';
  const form = content?.type === 'form' ? content.form : undefined;
  return content?.text || content?.article?.title || content?.files?.[0]?.name || localText(form?.title, languages) || (form?.fields ?? []).map((field) => localText(field.label, languages)).join(', ') || '';
}
