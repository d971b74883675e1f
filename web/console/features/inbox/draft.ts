import type { Attribute, Condition, FieldFlaw, SavedView, ViewBody, ViewFilter, ViewOrder, ViewShare } from '$client';

/** How a field is asked for. `words` are those it can say; elsewhere they come from the workspace. */
export interface FieldShape {
  name: string;
  kind: 'choice' | 'text' | 'time' | 'ahead' | 'flag' | 'number' | 'day';
  /** What the workspace calls it, where it made it. */
  title?: string;
  words?: readonly string[];
  /** There may be nothing in it. */
  open?: boolean;
}

export const fields: readonly FieldShape[] = [
  { name: 'status', kind: 'choice', words: ['open', 'pending', 'snoozed', 'closed'] },
  { name: 'holder', kind: 'choice' },
  { name: 'team', kind: 'choice', open: true },
  { name: 'inbox', kind: 'choice' },
  { name: 'label', kind: 'choice', open: true },
  { name: 'priority', kind: 'choice', words: ['urgent', 'high', 'normal', 'low'] },
  { name: 'mode', kind: 'choice', words: ['live', 'waiting', 'paused', 'messaging', 'dormant', 'ended'] },
  { name: 'promise', kind: 'choice', words: ['none', 'running', 'atRisk', 'broken'] },
  { name: 'waitingSince', kind: 'time', open: true },
  { name: 'lastCustomerAt', kind: 'time', open: true },
  { name: 'lastAt', kind: 'time' },
  { name: 'createdAt', kind: 'time' },
  { name: 'snoozedUntil', kind: 'ahead', open: true },
  { name: 'promiseDue', kind: 'ahead', open: true },
  { name: 'language', kind: 'choice', open: true },
  { name: 'channel', kind: 'choice' },
  { name: 'contact.name', kind: 'text', open: true },
  { name: 'contact.email', kind: 'text', open: true },
  { name: 'contact.phone', kind: 'text', open: true },
  { name: 'contact.language', kind: 'choice', open: true },
  { name: 'contact.verified', kind: 'flag', words: ['true', 'false'] },
];

let own: readonly FieldShape[] = [];

/** From now on one can ask for what the workspace wants to know, too. */
export function know(attributes: readonly Attribute[]) {
  const kinds = { text: 'text', number: 'number', date: 'day', yesNo: 'choice', choice: 'choice' } as const;
  own = attributes.map(({ of, key, name, kind, choices }) => ({
    name: of === 'contact' ? `contact.attributes.${key}` : `attributes.${key}`, title: name, kind: kinds[kind], open: true, ...(kind === 'yesNo' ? { words: ['true', 'false'] } : choices ? { words: choices } : {}),
  }));
}

export const allFields = (): readonly FieldShape[] => [...fields, ...own];

export const shapeOf = (name: string): FieldShape => allFields().find((field) => field.name === name) ?? { name, kind: 'text' };

/** What can be asked of a field, in the words of the screen: one of several, or none of them, is one question here. */
export function opsOf(shape: FieldShape): string[] {
  const own = {
    choice: ['in', 'notIn'],
    text: ['is', 'isNot', 'contains', 'notContains', 'startsWith', 'endsWith'],
    time: ['olderThan', 'newerThan', 'before', 'after'],
    ahead: ['within', 'before', 'after'],
    flag: ['is'],
    number: ['is', 'isNot', 'atLeast', 'atMost'],
    day: ['before', 'after', 'olderThan', 'newerThan', 'within'],
  }[shape.kind];
  return shape.open ? [...own, 'isSet', 'isNotSet'] : own;
}

/** One line of the builder. */
export interface Line {
  id: string;
  field: string;
  op: string;
  values: string[];
}

export type Group = 'all' | 'any' | 'none';
export const groups: readonly Group[] = ['all', 'any', 'none'];

/** A view as it is being put together. */
export interface Draft {
  name: string;
  emoji: string;
  share: ViewShare;
  team: string;
  order: ViewOrder;
  lines: Record<Group, Line[]>;
}

let made = 0;

export function line(field = 'status'): Line {
  const shape = shapeOf(field);
  return { id: `line${++made}`, field, op: opsOf(shape)[0]!, values: shape.kind === 'flag' ? ['true'] : shape.kind === 'day' ? [new Date().toISOString().slice(0, 10)] : shape.kind === 'time' || shape.kind === 'ahead' ? ['PT2H'] : [] };
}

export const blank = (): Draft => ({ name: '', emoji: '', share: 'me', team: '', order: 'newest', lines: { all: [{ ...line('status'), values: ['open'] }], any: [], none: [] } });

export function draftOf(view: SavedView): Draft {
  const lines = (group: Group) => (view.filter[group] ?? []).map((condition) => read(condition));
  return { name: view.name, emoji: view.emoji ?? '', share: view.share, team: view.team ?? '', order: view.order, lines: { all: lines('all'), any: lines('any'), none: lines('none') } };
}

export function bodyOf(draft: Draft): ViewBody {
  return {
    name: draft.name.trim(),
    filter: filterOf(draft),
    share: draft.share,
    order: draft.order,
    ...(draft.share === 'team' ? { team: draft.team } : {}),
    ...(draft.emoji ? { emoji: draft.emoji } : {}),
  };
}

export function filterOf(draft: Draft): ViewFilter {
  const filter: ViewFilter = {};
  for (const group of groups) if (draft.lines[group].length) filter[group] = draft.lines[group].map(written);
  return filter;
}

/** Nothing is left to be said in any line. */
export const isWhole = (draft: Draft): boolean =>
  groups.some((group) => draft.lines[group].length > 0) && groups.every((group) => draft.lines[group].every((one) => needs(one.op) === 0 || one.values.some((value) => value.trim())));

/** Which line a flaw is about, and what is wrong there; what is about none is about the whole. */
export function flawsOf(draft: Draft, flaws: readonly FieldFlaw[]): { lines: Map<string, string>; whole: string | undefined } {
  const lines = new Map<string, string>();
  let whole: string | undefined;
  for (const flaw of flaws) {
    const [, group, at] = /^filter\.(all|any|none)\[(\d+)\]/.exec(flaw.field) ?? [];
    const hit = group ? draft.lines[group as Group][Number(at)] : undefined;
    if (hit) lines.set(hit.id, flaw.code);
    else whole ??= flaw.code;
  }
  return { lines, whole };
}

/** How long, as people say it: PT2H is 2 hours. */
export function spanOf(value: string): { count: number; unit: 'M' | 'H' | 'D' } {
  const [, days] = /^P(\d+)D$/.exec(value) ?? [];
  if (days) return { count: Number(days), unit: 'D' };
  const [, count, unit] = /^PT(\d+)([HM])$/.exec(value) ?? [];
  return { count: Number(count ?? 2), unit: (unit as 'M' | 'H' | undefined) ?? 'H' };
}

export const writtenSpan = (count: number, unit: 'M' | 'H' | 'D'): string => (unit === 'D' ? `P${count}D` : `PT${count}${unit}`);

const needs = (op: string) => (op === 'isSet' || op === 'isNotSet' ? 0 : 1);

function read(condition: Condition): Line {
  const values = condition.value === undefined ? [] : Array.isArray(condition.value) ? [...condition.value] : [String(condition.value)];
  const op = shapeOf(condition.field).kind === 'choice' ? ({ is: 'in', isNot: 'notIn' }[condition.op] ?? condition.op) : condition.op;
  return { ...line(condition.field), op, values };
}

function written(one: Line): Condition {
  if (needs(one.op) === 0) return { field: one.field, op: one.op };
  const values = one.values.map((value) => value.trim()).filter(Boolean);
  if (one.op !== 'in' && one.op !== 'notIn') return { field: one.field, op: one.op, value: values[0] ?? '' };
  return values.length === 1 ? { field: one.field, op: one.op === 'in' ? 'is' : 'isNot', value: values[0]! } : { field: one.field, op: one.op, value: values };
}
