import AlarmClock from '@lucide/svelte/icons/alarm-clock';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import Flag from '@lucide/svelte/icons/flag';
import ListChecks from '@lucide/svelte/icons/list-checks';
import SquareCheck from '@lucide/svelte/icons/square-check';
import Tag from '@lucide/svelte/icons/tag';
import TagOff from '@lucide/svelte/icons/x';
import UserPlus from '@lucide/svelte/icons/user-plus';
import Users from '@lucide/svelte/icons/users';
import Zap from '@lucide/svelte/icons/zap';
import { Problem, uuid7, type BulkDeed, type BulkFailure, type Id, type MacroAction, type Priority } from '$client';
import type { Option } from '$kit/parts/options';
import { toast } from '$kit/parts/toasts.svelte';
import type { Action } from '../../app/actions.svelte';
import { complain, say } from '../../app/refusals';
import { route } from '../../app/route.svelte';
import { seat } from '../../app/seat.svelte';
import { t } from '../../app/texts.svelte';
import { teamApi } from './api';
import { nothing, stretched, toggled, type Picked } from './picking';
import { stage } from './stage';

const most = 200;

/** What is picked in the list, and what came of the last deed that some of it could not have. */
class Bulk {
  picked = $state.raw<Picked>(nothing);
  busy = $state(false);
  /** Why some were not done, the most frequent reason first. */
  failed = $state.raw<readonly { why: string; count: number }[]>([]);

  get count(): number {
    return this.picked.ids.length;
  }

  has(id: Id): boolean {
    return this.picked.ids.includes(id);
  }

  toggle(id: Id | undefined) {
    if (id) this.#pick(toggled(this.picked, id));
  }

  stretch(id: Id | undefined) {
    if (id) this.#pick(stretched(this.picked, id, this.#rows()));
  }

  /** One row on, with all between. */
  extend(by: 1 | -1) {
    const rows = this.#rows();
    const at = rows.indexOf(here() ?? '');
    const from = rows[Math.max(0, at)];
    const to = rows[Math.min(rows.length - 1, Math.max(0, at + by))];
    if (!from || !to) return;
    if (!this.count) this.#pick(toggled(nothing, from));
    this.stretch(to);
    document.querySelector<HTMLElement>(`a.row[data-id="${CSS.escape(to)}"]`)?.focus();
  }

  all() {
    this.#pick({ ids: this.#rows().slice(0, most) });
  }

  clear() {
    this.picked = nothing;
    this.failed = [];
  }

  async run(deed: { actions?: MacroAction[]; macro?: Id }) {
    const conversations = this.picked.ids.slice(0, most);
    this.busy = true;
    this.failed = [];
    try {
      const { done, failed } = await teamApi.bulk({ clientId: uuid7(), conversations, ...deed });
      // What could not be done stays picked, with why; so does nothing else.
      this.picked = { ids: failed.map((one) => one.conversation) };
      this.failed = reasons(failed);
      const words = failed.length ? t('bulk.partly', { done: conversations.length - failed.length, not: failed.length }) : t('bulk.done', { count: conversations.length });
      toast(words, done.length ? { ms: 15_000, action: { name: t('undo'), undoes: true, perform: () => void this.#undo(done) } } : failed.length ? { tone: 'broken' } : {});
    } catch (error) {
      complain(error, () => void this.run(deed));
    } finally {
      this.busy = false;
    }
  }

  async #undo(items: readonly BulkDeed[]) {
    try {
      const { done, failed } = await teamApi.undoBulk({ clientId: uuid7(), items });
      const kept = failed.length + done.filter((one) => one.kept.length).length;
      toast(kept ? t('bulk.undone.partly', { done: done.length + failed.length - kept, kept }) : t('bulk.undone', { count: done.length }));
    } catch (error) {
      complain(error);
    }
  }

  #pick(picked: Picked) {
    this.failed = [];
    this.picked = picked.ids.length > most ? { ...picked, ids: picked.ids.slice(0, most) } : picked;
  }

  #rows(): Id[] {
    return stage.lists.rows.map((row) => row.id);
  }
}

export const bulk = new Bulk();

/** The row that has the focus; else the one that is open. */
function here(): Id | undefined {
  const focused = document.activeElement;
  return (focused instanceof HTMLElement && focused.matches('a.row') ? focused.dataset['id'] : undefined) ?? route.conversation;
}

function reasons(failed: readonly BulkFailure[]): { why: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { code, detail } of failed) {
    const why = say(new Problem(code, 409, detail));
    counts.set(why, (counts.get(why) ?? 0) + 1);
  }
  return [...counts].map(([why, count]) => ({ why, count })).sort((a, b) => b.count - a.count);
}

const priorities: Priority[] = ['urgent', 'high', 'normal', 'low'];

/** Everything that can be done with many, as one list that one types into. */
function deeds(): (Option & { deed: { actions?: MacroAction[]; macro?: Id } })[] {
  const one = (id: string, name: string, icon: Option['icon'], group: string, action: MacroAction, words?: string) => ({ id, name, icon, group, words, deed: { actions: [action] } });
  const agents = (seat.directory?.agents ?? []).filter((agent) => agent.active);
  const mine = agents.filter((agent) => agent.id === seat.me?.id);
  return [
    one('close', t('action.close'), CircleCheck, t('bulk.status'), { close: true }),
    ...stage.presets(Date.now()).map((preset) => one(`snooze=${preset.id}`, t(`snooze.${preset.id}`), AlarmClock, t('action.snooze'), { snoozeMinutes: Math.max(1, Math.round((preset.at - Date.now()) / 60_000)) }, t('action.snooze'))),
    ...[...mine, ...agents.filter((agent) => agent.id !== seat.me?.id)].map((agent) => one(`agent=${agent.id}`, agent.id === seat.me?.id ? t('assign.me', { name: agent.name }) : agent.name, UserPlus, t('action.assign'), { agent: agent.id }, t('words.assign'))),
    ...(seat.directory?.teams ?? []).map((team) => one(`team=${team.id}`, team.name, Users, t('action.assign'), { team: team.id }, t('words.assign'))),
    ...(seat.directory?.labels ?? []).map((label) => one(`label=${label}`, label, Tag, t('bulk.label'), { label })),
    ...(seat.directory?.labels ?? []).map((label) => one(`unlabel=${label}`, label, TagOff, t('bulk.unlabel'), { unlabel: label })),
    ...priorities.map((priority) => one(`priority=${priority}`, t(`priority.${priority}`), Flag, t('bulk.priority'), { priority })),
    ...stage.macros.all.map((macro) => ({ id: `macro=${macro.id}`, name: macro.name, icon: Zap, group: t('action.macros'), deed: { macro: macro.id } })),
  ];
}

const listed = () => route.place.screen === 'inbox' && stage.lists.rows.length > 0;

export const bulkActions: Action[] = [
  { id: 'bulk.pick', group: 'go', icon: SquareCheck, name: () => t('bulk.pick'), words: () => t('words.bulk'), shortcuts: ['x'], when: () => listed() && here() !== undefined, perform: () => bulk.toggle(here()) },
  { id: 'bulk.down', group: 'go', icon: SquareCheck, name: () => t('bulk.down'), shortcuts: ['shift+j'], when: listed, perform: () => bulk.extend(1) },
  { id: 'bulk.up', group: 'go', icon: SquareCheck, name: () => t('bulk.up'), shortcuts: ['shift+k'], when: listed, perform: () => bulk.extend(-1) },
  { id: 'bulk.all', group: 'go', icon: ListChecks, name: () => t('bulk.all'), words: () => t('words.bulk'), when: listed, perform: () => bulk.all() },
  { id: 'bulk.clear', group: 'go', icon: TagOff, name: () => t('bulk.clear'), shortcuts: ['escape'], when: () => bulk.count > 0, perform: () => bulk.clear() },
  {
    id: 'bulk',
    group: 'conversation',
    icon: ListChecks,
    name: () => t('bulk.do', { count: bulk.count }),
    words: () => t('words.bulk'),
    shortcuts: ['shift+b'],
    when: () => bulk.count > 0 && !bulk.busy,
    choose: {
      placeholder: () => t('bulk.do', { count: bulk.count }),
      options: () => deeds().map(({ deed: _, ...option }) => option),
      pick: (id) => {
        const chosen = deeds().find((each) => each.id === id);
        if (chosen) void bulk.run(chosen.deed);
      },
    },
  },
];
