const one = (selector, within = document) => within.querySelector(selector);
const all = (selector) => [...document.querySelectorAll(selector)];
const body = document.body;
const computer = one('[data-frame=computer]');
const phone = one('[data-telephone]');
const gone = one('.gone');
const names = { ana: 'Ana', ben: 'Ben', zoe: 'Zoë' };
let who = 'ana';
let device = 'computer';
const closed = { computer: false, telephone: true };

/** The frames stay while the other one is shown: a customer who looks at a telephone has not left the computer. */
function draw() {
  all('[data-device]').forEach((button) => button.setAttribute('aria-pressed', `${button.dataset.device === device}`));
  computer.hidden = device !== 'computer' || closed.computer;
  phone.hidden = device !== 'telephone' || closed.telephone;
  gone.hidden = !closed[device];
  one('[data-close]').hidden = closed[device];
  one('[data-close]').setAttribute('aria-label', device === 'computer' ? 'Close the tab' : 'Put the telephone away');
  one('[data-who]').textContent = `${names[who] ?? 'A guest'}’s ${device === 'computer' ? 'browser' : 'telephone'}`;
  const elsewhere = device === 'computer' ? !closed.telephone : !closed.computer;
  one('h2', gone).textContent = device === 'computer' ? 'The tab is closed.' : 'The telephone is in a pocket.';
  one('[data-gone]').textContent = elsewhere
    ? 'The other device is still open, so nobody has left.'
    : 'In five seconds the console says that nobody is here any more. What is written there now waits, and is in its place when the shop is open again.';
  one('[data-open]').textContent = device === 'computer' ? 'Open the shop again' : 'Take it out again';
}

function open() {
  closed[device] = false;
  if (device === 'computer') computer.src = '/demo/shop';
  else if (!phone.firstChild) {
    const frame = document.createElement('iframe');
    frame.title = 'The shop on a telephone';
    frame.allow = 'autoplay;clipboard-write';
    frame.src = `${phone.dataset.telephone}/${who || 'guest'}#chat`;
    phone.append(frame);
  }
  draw();
}

function close() {
  closed[device] = true;
  if (device === 'computer') computer.src = 'about:blank';
  else phone.replaceChildren();
  draw();
}

// Who is signed in is chosen in the shop's own header; the telephone belongs to the same person.
computer.addEventListener('load', () => {
  const chosen = one('select[name=as]', computer.contentDocument ?? document)?.value;
  if (chosen === undefined || chosen === who) return;
  who = chosen;
  if (!closed.telephone) {
    phone.replaceChildren();
    closed.telephone = true;
  }
  draw();
});

all('[data-device]').forEach((button) => button.addEventListener('click', () => {
  device = button.dataset.device;
  if (device === 'telephone' && !phone.firstChild) open();
  else draw();
}));
one('[data-close]').addEventListener('click', close);
one('[data-open]').addEventListener('click', open);
all('[data-tab]').forEach((button) => button.addEventListener('click', () => {
  body.dataset.show = button.dataset.tab;
  all('[data-tab]').forEach((other) => other.setAttribute('aria-pressed', `${other === button}`));
}));
// One of the two lists at a time.
const panels = { list: 'data-listed', scene: 'data-scened' };
function list(open) {
  for (const [name, attribute] of Object.entries(panels)) {
    body.toggleAttribute(attribute, name === open);
    one(`[data-${name}]`).setAttribute('aria-expanded', `${name === open}`);
  }
}
for (const [name, attribute] of Object.entries(panels)) {
  one(`[data-${name}]`).addEventListener('click', () => list(body.hasAttribute(attribute) ? undefined : name));
}
addEventListener('keydown', (event) => event.key === 'Escape' && list());
// Who turns to one of the frames is done with the list.
addEventListener('blur', () => list());

// What came in the mailbox is told where it can be seen; the panel knows.
const mails = one('[data-mails]');
new MutationObserver(() => {
  const count = /^(\d+) not read/.exec(mails.textContent)?.[1];
  one('[data-news]').hidden = !count;
  one('[data-news]').textContent = count ?? '';
  one('[data-news]').setAttribute('aria-label', `${count} mails`);
}).observe(mails, { childList: true });

// What is done is told by the server, from what it has seen; nothing here can tick itself.
let before;
new EventSource('/demo/tries').addEventListener('message', (event) => {
  const done = JSON.parse(event.data);
  const items = all('[data-try]');
  items.forEach((item) => item.toggleAttribute('data-done', done.includes(item.dataset.try)));
  items.forEach((item) => item.removeAttribute('data-next'));
  items.find((item) => !done.includes(item.dataset.try))?.setAttribute('data-next', '');
  const next = one('[data-next]');
  if (next) {
    one('[data-hint] b').textContent = one('b', next).textContent;
    one('[data-hint] span').textContent = one('p', next).textContent;
  }
  one('[data-hint]').hidden = !next;
  one('[data-lead]').hidden = !!next;
  one('[data-progress]').textContent = `${done.length} of ${items.length} tried`;
  one('.ring').style.setProperty('--share', `${done.length / items.length}`);
  one('[data-all]').hidden = done.length < items.length;
  const fresh = before && done.find((id) => !before.includes(id));
  if (fresh) one('[data-said]').textContent = `Done: ${one(`[data-try=${fresh}] b`).textContent}`;
  before = done;
});
draw();
