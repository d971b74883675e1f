/**
 * Tells a customer of an answer while no page of ours is open: who wrote and what (or, where pushes are private, that somebody did), and opens the thread at a
 * click. The words have no voice: they fit whoever is addressed.
 */
const words = { en: 'New message', de: 'Neue Nachricht', nl: 'Nieuw bericht', es: 'Mensaje nuevo' };

self.addEventListener('install', () => self.skipWaiting());

self.addEventListener('push', (event) => {
  const { conversation, inbox, language, name, text } = event.data?.json() ?? {};
  event.waitUntil(self.registration.showNotification(name ?? words[language] ?? words.en, { body: text ?? '', tag: conversation, renotify: true, lang: language, data: `/widget/?inbox=${inbox}&thread=${conversation}` }));
});

self.addEventListener('notificationclick', (event) => {
  const { data } = event.notification;
  event.notification.close();
  event.waitUntil((async () => {
    const all = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
    const open = all.find((client) => client.url.endsWith(data));
    await (open ? open.focus() : self.clients.openWindow(data));
  })());
});
