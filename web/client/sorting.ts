import type { Preference } from './routing';
import type { Id, Priority } from './types';

/** Where a conversation belongs, by its first message: the first rule of an inbox that fits decides. Each condition that is there has to hold. */
export interface SortingRule {
  id: string;
  name: string;
  /** One of them is said; a star at the end stands for any ending. */
  words?: string[];
  /** Of the page: /cart*. */
  paths?: string[];
  languages?: string[];
  team?: Id;
  label?: string;
  priority?: Priority;
  /** What was filled in or is known of the person; each has to hold. `>=100` and the like compare numbers. */
  fields?: { field: string; values: string[] }[];
  /** Only who knows all this as well is asked, until a fallback. */
  skills?: Record<string, number>;
  by?: Preference[];
  fallbacks?: { afterSeconds: number; team?: Id }[];
  hard?: boolean;
  /** Talked about at once, or written about. */
  pace?: 'live' | 'messaging';
}
