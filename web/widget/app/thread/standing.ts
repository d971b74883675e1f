import type { Item, Mode, Thread, Time } from '$client';

/** How it stands between the two sides. */
export interface Standing {
  mode: Mode;
  /** By when, as it was said, an answer was promised that has not come. */
  due?: Time | undefined;
  /** The customer was asked whether they are still here, and nothing was said since. */
  asked: boolean;
}

/** What the row said when it was read, and what came in the thread since. */
export function standing(row: Pick<Thread, 'mode' | 'promise'>, items: readonly Item[]): Standing {
  const now: Standing = { mode: row.mode, due: row.promise?.spoken ?? row.promise?.due, asked: false };
  for (const { entry } of items) {
    switch (entry.type) {
      case 'modeChanged':
        now.mode = entry.to ?? now.mode;
        break;
      case 'promised':
      case 'promiseRenewed':
        now.due = entry.spoken ?? entry.due;
        break;
      case 'sessionReminded':
        now.asked = true;
        break;
      case 'stayed':
        now.asked = false;
        break;
      case 'closed':
        now.due = undefined;
        break;
      case 'message':
        now.asked = false;
        // Nobody is owed an answer to what was answered.
        if (entry.author.kind !== 'contact') now.due = undefined;
        break;
      default:
    }
  }
  return now;
}
