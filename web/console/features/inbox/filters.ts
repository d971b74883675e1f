import type { ListQuery, Status, Summary } from '$client';

/** Chips above the list: what to narrow the view to. */
export interface Filters {
  status?: Status;
  inbox?: string;
  team?: string;
  assignee?: string;
}

export function queryOf(filters: Filters): ListQuery {
  return { ...filters };
}

/** The same question asked of one row, for what arrives live. */
export function fits(row: Summary, filters: Filters): boolean {
  if (filters.status && row.status !== filters.status) return false;
  if (filters.inbox && row.inbox !== filters.inbox) return false;
  if (filters.team && row.team !== filters.team) return false;
  return !filters.assignee || (row.holder.kind === 'agent' && row.holder.id === filters.assignee);
}
