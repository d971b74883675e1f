/**
 * What runs while the console is closed: shows what is pushed, takes away what somebody else has taken, and opens the thread at a click. The server says who
 * and what (or, where pushes are private, only which thread); the rest is said here, in the agent's language.
 */
const words = {
  en: { mine: 'A customer has written', team: 'Somebody new has written', mention: 'You were mentioned', promise: 'An answer is due soon', broken: 'A promised answer has not come', passed: 'Not answered in time: somebody else is asked', test: 'It works', testBody: 'This is how you are told while Parley is closed.', several: 'Conversations waiting: {n}', severalBody: 'They came in your quiet hours.' },
  de: { mine: 'Ein Kunde hat geschrieben', team: 'Jemand Neues hat geschrieben', mention: 'Sie wurden erwähnt', promise: 'Eine Antwort ist bald fällig', broken: 'Eine zugesagte Antwort ist nicht gekommen', passed: 'Nicht rechtzeitig geantwortet: jemand anderes wird gefragt', test: 'Es klappt', testBody: 'So erfahren Sie davon, während Parley geschlossen ist.', several: 'Wartende Unterhaltungen: {n}', severalBody: 'Sie kamen in Ihren Ruhezeiten.' },
  nl: { mine: 'Een klant heeft geschreven', team: 'Iemand nieuws heeft geschreven', mention: 'Je bent genoemd', promise: 'Een antwoord is bijna nodig', broken: 'Een beloofd antwoord is er niet gekomen', passed: 'Niet op tijd geantwoord: iemand anders wordt gevraagd', test: 'Het werkt', testBody: 'Zo hoor je het terwijl Parley dicht is.', several: 'Wachtende gesprekken: {n}', severalBody: 'Ze kwamen in je stille uren.' },
  es: { mine: 'Ha escrito un cliente', team: 'Ha escrito alguien nuevo', mention: 'Te han mencionado', promise: 'Pronto vence una respuesta', broken: 'Una respuesta prometida no ha llegado', passed: 'Sin respuesta a tiempo: se pregunta a otra persona', test: 'Funciona', testBody: 'Así se te avisa mientras Parley está cerrado.', several: 'Conversaciones en espera: {n}', severalBody: 'Llegaron en tus horas de silencio.' },
};

const icon = '/console/icon-192.png';

function show({ kind, conversation, language, name, text, several, count, passed, broken }) {
  const said = words[language] ?? words.en;
  if (kind === 'several') return showSeveral(said, language, several, count);
  const why = passed ? said.passed : broken ? said.broken : said[kind] ?? said.mine;
  const title = name && kind !== 'mention' ? name : [why, name].filter(Boolean).join(' · ');
  const body = kind === 'test' ? said.testBody : kind === 'promise' ? (name ? why : '') : (text ?? '');
  return self.registration.showNotification(title, {
    body, tag: conversation ?? 'test', renotify: true, lang: language, icon, badge: icon, data: { conversation },
  });
}

/** What quiet hours held back, in one. */
const showSeveral = (said, language, several, count, silent = false) =>
  self.registration.showNotification(said.several.replace('{n}', count), {
    body: said.severalBody, tag: 'several', renotify: !silent, silent, lang: language, icon, badge: icon, data: { several, count, language },
  });

async function takeAway(conversation) {
  for (const notice of await self.registration.getNotifications({ tag: conversation })) notice.close();
  for (const notice of await self.registration.getNotifications({ tag: 'several' })) {
    const { several, count, language } = notice.data;
    if (!several.includes(conversation)) continue;
    const left = several.filter((one) => one !== conversation);
    if (left.length) await showSeveral(words[language] ?? words.en, language, left, count - 1, true);
    else notice.close();
  }
}

self.addEventListener('install', () => self.skipWaiting());

/** One after the other, as they came: what is taken away must not take what came after it. */
let before = Promise.resolve();

self.addEventListener('push', (event) => {
  const said = event.data?.json() ?? {};
  before = before.catch(() => undefined).then(() => (said.kind === 'taken' ? takeAway(said.conversation) : show(said)));
  event.waitUntil(before);
});

self.addEventListener('notificationclick', (event) => {
  const { conversation } = event.notification.data ?? {};
  event.notification.close();
  event.waitUntil(open(conversation));
});

/** A console that stands open somewhere goes to the thread; else one is opened there. */
async function open(conversation) {
  const all = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const console = all.find((client) => new URL(client.url).pathname === '/');
  if (!console) return self.clients.openWindow(conversation ? `/#/mine/${conversation}` : '/');
  console.postMessage({ open: conversation });
  return console.focus();
}

/** The browser's maker moved the subscription: it is told anew under the same agent. */
self.addEventListener('pushsubscriptionchange', (event) => {
  event.waitUntil((async () => {
    const subscription = event.newSubscription ?? (await self.registration.pushManager.subscribe(event.oldSubscription.options));
    await fetch('/v1/me/push/devices', { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Parley': '1' }, body: JSON.stringify({ ...subscription.toJSON(), name: '' }) });
  })());
});
