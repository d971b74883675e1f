export interface Toast {
  id: number;
  text: string;
  tone?: 'plain' | 'broken';
  /** How long it stays; absent: as long as reading takes, longer where there is something to reach for. */
  ms?: number;
  action?: { name: string; perform: () => void; /** It takes back what was done. */ undoes?: boolean };
}

let next = 1;
const timers = new Map<number, ReturnType<typeof setTimeout>>();

export const toasts = $state<Toast[]>([]);

/** Says something once. With an action (undo, try again) it stays long enough to reach for it. */
export function toast(text: string, more: Omit<Toast, 'id' | 'text'> = {}): number {
  const id = next++;
  toasts.push({ id, text, ...more });
  // three are read; more are a wall
  while (toasts.length > 3) dismiss(toasts[0]!.id);
  timers.set(id, setTimeout(() => dismiss(id), more.ms ?? (more.action ? 10_000 : 5_000)));
  return id;
}

export function dismiss(id: number) {
  clearTimeout(timers.get(id));
  timers.delete(id);
  const at = toasts.findIndex((t) => t.id === id);
  if (at >= 0) toasts.splice(at, 1);
}

/** While somebody reads or reaches for one, none of them goes away. */
export function hold() {
  for (const timer of timers.values()) clearTimeout(timer);
}

export function release() {
  for (const { id } of toasts) timers.set(id, setTimeout(() => dismiss(id), 4_000));
}

const undoing = () => toasts.findLast((toast) => toast.action?.undoes);

/** Something that was just done can still be taken back. */
export const undoes = (): boolean => undoing() !== undefined;

/** Takes the last of it back. */
export function undo() {
  const last = undoing();
  last?.action!.perform();
  if (last) dismiss(last.id);
}
