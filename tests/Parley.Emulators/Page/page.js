const $ = (id) => document.getElementById(id);
const make = (name, props = {}, ...children) => {
  const { data, ...rest } = props;
  const it = Object.assign(document.createElement(name), rest);
  Object.assign(it.dataset, data ?? {});
  it.append(...children.filter((child) => child));
  return it;
};
const names = Object.fromEntries([...$('fault').kind.options].map((option) => [option.value, option.textContent]));
const people = new Map([['ana', 'Ana'], ['ben', 'Ben']]);
let state;
let kind = '';
let who = 'ana';
let shown = '';

const provider = () => state.providers.find((each) => each.kind === kind);
const time = (at) => new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });

async function post(path, body) {
  try {
    const answer = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Parley': '1' }, body: JSON.stringify(body) });
    complain(answer.ok ? '' : await answer.text());
  } catch {
    complain('The emulator has ended.');
  }
  await load();
}

function complain(text) {
  $('problem').textContent = text;
  $('problem').hidden = !text;
}

async function load() {
  const answer = await fetch('/control').catch(() => undefined);
  if (!answer?.ok) return complain('The emulator has ended.');
  const text = await answer.text();
  state = JSON.parse(text);
  kind ||= state.providers[0].kind;
  draw();
}

function draw() {
  const it = provider();
  if ($('providers').options.length !== state.providers.length) $('providers').replaceChildren(...state.providers.map((each) => make('option', { value: each.kind, textContent: each.name })));
  $('clock').firstElementChild.textContent = new Date(state.clock.now).toLocaleString([], { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
  $('ahead').textContent = Math.abs(state.clock.ahead) < 1 ? 'as it is' : `${span(state.clock.ahead)} ahead`;
  // What stands there already is not drawn again: nothing is taken from under a finger.
  const now = JSON.stringify([it, who, [...people]]);
  if (now === shown) return;
  shown = now;
  for (const line of it.lines) if (!people.has(line.customer)) people.set(line.customer, line.customer);
  $('people').replaceChildren(...[...people].map(([id, name]) => make('li', {}, button(name, () => ((who = id), draw()), { ariaPressed: `${id === who}` }))));
  drawLines(it);
  drawSide(it);
}

function drawLines(it) {
  const mine = it.lines.filter((line) => line.customer === who);
  const list = $('lines');
  const below = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  list.replaceChildren(...(mine.length ? mine.map(drawLine) : [make('li', { className: 'none', textContent: it.connected.address ? `Write something: it comes to the company as ${people.get(who)}.` : 'Connect it first; then write here as a customer.' })]));
  if (below) list.scrollTop = list.scrollHeight;
}

function drawLine(line) {
  if (!line.heard) return make('li', { className: 'mine' }, make('div', { className: 'bubble', textContent: line.said, dir: 'auto' }), make('span', { className: 'small', textContent: `${time(line.at)} · ${line.state}`, data: line.state.startsWith('refused') ? { broken: '' } : {} }));
  const { heard } = line;
  const told = heard.state ?? 'taken';
  return make(
    'li',
    {},
    make('div', { className: 'bubble', dir: 'auto' }, heard.text, heard.file && make('a', { href: heard.file.url, target: '_blank', rel: 'noreferrer', textContent: heard.file.name })),
    heard.cards.length ? make('div', { className: 'cards' }, ...heard.cards.map((card) => make('div', { className: 'card' }, card.image && make('img', { src: card.image, alt: '' }), make('strong', { textContent: card.title }), card.text && make('span', { textContent: card.text }), ...card.buttons.map(drawButton)))) : undefined,
    heard.buttons.length ? make('div', { className: 'choices' }, ...heard.buttons.map(drawButton)) : undefined,
    make(
      'span',
      { className: 'small' },
      `${heard.by ? `${heard.by} · ` : ''}${time(line.at)} · ${told}${heard.times > 1 ? ` · came ${heard.times} times` : ''} `,
      told !== 'read' && button('I read it', () => post(`/control/${kind}/receipts`, { of: heard.id, state: 'read' }), { className: 'quiet' }),
      told === 'taken' && button('It failed', () => post(`/control/${kind}/receipts`, { of: heard.id, state: 'failed' }), { className: 'quiet' }),
    ),
  );
}

const drawButton = ({ id, text, url }) =>
  url ? make('a', { className: 'link', href: url, target: '_blank', rel: 'noreferrer', textContent: text }) : button(text, () => post(`/control/${kind}/words`, { from: who, name: people.get(who), text, choice: id }));

const button = (text, onclick, more = {}) => make('button', { type: 'button', textContent: text, onclick, ...more });

const span = (seconds) => (Math.abs(seconds) >= 86_400 ? `${Math.round(seconds / 8_640) / 10} days` : Math.abs(seconds) >= 3_600 ? `${Math.round(seconds / 360) / 10} h` : `${Math.round(seconds / 60)} min`);

function drawSide(it) {
  const connected = it.needs.every((need) => it.connected[need.name]);
  $('how').textContent = it.how;
  $('hook').textContent = it.hook;
  $('standing').textContent = connected ? 'connected' : 'not yet';
  if ($('needs').dataset.of !== it.kind) {
    $('needs').dataset.of = it.kind;
    $('needs').replaceChildren(...it.needs.map((need) => make('label', {}, make('span', { textContent: need.label }), make('input', { name: need.name, placeholder: need.example, required: true, autocomplete: 'off', spellcheck: false, value: it.connected[need.name] ?? '' }))));
    $('connect').open = !connected;
  }
  $('faulty').textContent = it.faults.length ? `${it.faults.length}` : 'none';
  $('faults').replaceChildren(...it.faults.map((fault) => make('li', { textContent: `${names[fault.kind]}${fault.times ? `, ${fault.times} more` : ''}${fault.seconds ? `, for ${fault.seconds} s` : ''}` })));
  $('whole').hidden = it.faults.length === 0;
  $('calls').textContent = it.wire.length ? '' : 'nothing yet';
  $('wire').replaceChildren(...it.wire.map((one) => make('li', { data: one.status === 200 ? {} : { broken: '' } }, make('time', { textContent: time(one.at) }), make('span', { textContent: `${one.out ? 'The company ' : ''}${one.what}${one.fault ? ` (${one.fault.slice(0, 120)})` : ''}`, dir: 'auto' }), make('b', { textContent: one.status || '–' }))));
}

const submitted = (id, work) =>
  $(id).addEventListener('submit', (event) => {
    event.preventDefault();
    void work(Object.fromEntries(new FormData(event.target)), event.target);
  });

submitted('say', async ({ text }, form) => {
  if (!text.trim()) return;
  form.reset();
  await post(`/control/${kind}/words`, { from: who, name: people.get(who), text: text.trim() });
});
$('say').text.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    $('say').requestSubmit();
  }
});
submitted('newcomer', ({ name }, form) => {
  const id = name.trim().toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
  if (!id) return;
  people.set(id, name.trim());
  who = id;
  form.reset();
  draw();
});
submitted('connection', (fields) => post(`/control/${kind}/connection`, { fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value.trim()])) }).then(() => ($('connect').open = false)));
submitted('fault', ({ kind: fault, times, seconds }, form) => (form.reset(), post(`/control/${kind}/faults`, { kind: fault, ...(times ? { times: Number(times) } : {}), ...(seconds ? { seconds: Number(seconds) } : {}) })));
$('whole').addEventListener('click', () => post(`/control/${kind}/faults/end`, {}));
$('moves').addEventListener('click', ({ target }) => target.value !== undefined && post('/control/clock', target.value ? { seconds: Number(target.value) } : {}));
$('providers').addEventListener('change', ({ target }) => ((kind = target.value), draw()));

void load();
setInterval(() => !document.hidden && void load(), 1_000);
