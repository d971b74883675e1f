import { granted } from './tabs';

/** Runs `task` in one tab only: the first to ask for this name within a few seconds. For a sound or a notification. */
export async function once(name: string, task: () => void, holdMs = 4_000): Promise<void> {
  const locks = await granted();
  if (!locks) return task();
  await locks.request(`once:${name}`, { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    task();
    await new Promise((resolve) => setTimeout(resolve, holdMs));
  });
}
