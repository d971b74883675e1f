import { route } from '../../app/route.svelte';
import { seat } from '../../app/seat.svelte';
import { spoken } from '../../app/texts.svelte';
import { named } from './named';

/** Which of the agent's devices this one is. */
const kept = 'parley.push';

/** Whether this browser can be told while the console is closed. An iPhone can once the page is on its home screen. */
export const able = (): boolean => 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis;

export const here = (): string | undefined => localStorage.getItem(kept) ?? undefined;

/** A click on what was pushed brings an open console to its thread. */
export function followPushes(): void {
  if (!('serviceWorker' in navigator)) return;
  navigator.serviceWorker.addEventListener('message', (event) => {
    const { open } = event.data as { open?: string };
    if (open) route.open(open);
  });
  navigator.serviceWorker.startMessages();
}

/** Asks, subscribes, and has the server know of it. False where the agent or the browser said no. */
export async function subscribe(publicKey: string): Promise<boolean> {
  if ((await Notification.requestPermission()) !== 'granted') return false;
  const registration = await navigator.serviceWorker.register('/console/worker.js');
  await ready(registration);
  // One for another key (a store that was made anew) would be told nothing.
  await (await registration.pushManager.getSubscription())?.unsubscribe();
  const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
  const { endpoint, keys } = subscription.toJSON();
  const device = await seat.api.addDevice({ endpoint: endpoint!, keys: keys as { p256dh: string; auth: string }, name: named(navigator.userAgent), language: spoken.language });
  localStorage.setItem(kept, device.id);
  return true;
}

export async function unsubscribe(id: string): Promise<void> {
  await seat.api.dropDevice(id);
  if (id !== here()) return;
  localStorage.removeItem(kept);
  const registration = await navigator.serviceWorker.getRegistration('/console/');
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}

async function ready(registration: ServiceWorkerRegistration): Promise<void> {
  const worker = registration.installing ?? registration.waiting;
  if (!worker || registration.active) return;
  await new Promise<void>((resolve) => worker.addEventListener('statechange', () => worker.state === 'activated' && resolve()));
}
