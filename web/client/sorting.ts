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
}
