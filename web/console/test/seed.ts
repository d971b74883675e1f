import type { Agent, Contact, Directory, Entry, Id, Summary } from '$client';

export const kim = 'agt_kim';
export const noor = 'agt_noor';
const now = Date.now();
const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString();

const agents: Agent[] = [
  { id: kim, name: 'Kim', email: 'kim@lighthouse.test', role: 'owner', state: 'online', active: true, teams: ['tea_support'] },
  { id: noor, name: 'Noor Bakker', email: 'noor@lighthouse.test', role: 'agent', state: 'online', active: true, teams: ['tea_support', 'tea_orders'] },
  { id: 'agt_ravi', name: 'Ravi', email: 'ravi@lighthouse.test', role: 'supervisor', state: 'away', active: true, teams: ['tea_orders'] },
  { id: 'agt_left', name: 'Joost', email: 'joost@lighthouse.test', role: 'agent', state: 'offline', active: false },
];

export const directory: Directory = {
  workspace: { id: 'wsp_1', name: 'Lighthouse' },
  me: { id: kim, name: 'Kim', email: 'kim@lighthouse.test', role: 'owner', state: 'online', undoSeconds: 0, workspace: { id: 'wsp_1', name: 'Lighthouse' } },
  agents,
  teams: [
    { id: 'tea_support', name: 'Support', agents: [kim, noor] },
    { id: 'tea_orders', name: 'Orders', agents: [noor, 'agt_ravi'] },
  ],
  inboxes: [
    { id: 'inb_shop', name: 'Lighthouse shop', channel: 'web', brand: 'brd_1', profile: 'blended' },
    { id: 'inb_charter', name: 'Charter', channel: 'web', brand: 'brd_1', profile: 'messaging' },
  ],
  brands: [{ id: 'brd_1', name: 'Lighthouse', color: '#4f52d8', zone: 'Europe/Amsterdam', hours: [], exceptions: [], languages: ['en', 'de', 'nl', 'es'], texts: {}, version: 1 }],
  labels: ['anchor', 'delivery', 'refund', 'vip', 'size'],
};

interface Sketch {
  name: string;
  lines: [who: 'c' | 'k' | 'n' | 'note' | 'fact', minutes: number, text: string][];
  more?: Partial<Summary>;
}

const sketches: Sketch[] = [
  {
    name: 'Ana Ferreira',
    lines: [
      ['c', 1500, 'Hi! Does the 20 kg galvanised anchor fit a 9 m boat? I sail a Bavaria 30 in the Wadden Sea.'],
      ['k', 1496, 'Hello Ana, for your Bavaria I would take the 16 kg. 20 kg is for boats from 11 m.'],
      ['k', 1495, 'Here is the table: https://lighthouse.test/anchors/size-table'],
      ['c', 1490, 'Perfect, thank you! 🙏'],
      ['fact', 40, 'closed'],
      ['c', 34, 'One more thing about the same order: the chain came with the wrong shackle. It is 10 mm and the anchor takes 12.'],
      ['c', 33, 'Order LH-20418'],
      ['fact', 30, 'assigned'],
      ['note', 28, 'Same mix-up as last week, warehouse picked from the old bin. @Noor Bakker can you check the stock of 12 mm?'],
      ['n', 22, 'Hi Ana, Noor here. Sorry about that! A 12 mm shackle leaves today, no need to send the other one back.'],
      ['c', 3, 'That is really kind. Will it arrive before Friday? We leave on Saturday morning.'],
    ],
    more: { mode: 'live', labels: ['anchor', 'delivery'], promise: { due: new Date(now + 14 * 60_000).toISOString() }, waitingSince: ago(3) },
  },
  { name: 'Ben Okafor', lines: [['c', 9, 'Is the Musto jacket true to size? I am between M and L and would rather not send it back.']], more: { mode: 'waiting', labels: ['size'], promise: { due: new Date(now + 2 * 60_000).toISOString() }, waitingSince: ago(9) } },
  { name: 'Charlotte de Vries', lines: [['c', 95, 'Mijn bestelling staat al drie dagen op “verzonden”. Waar blijft hij?'], ['k', 60, 'Ik zoek het meteen voor u uit, een ogenblik.']], more: { priority: 'high' } },
  { name: 'Diego Martínez', lines: [['c', 130, '¿Tienen el chaleco en talla L?']], more: { promise: { due: ago(10) }, waitingSince: ago(130), priority: 'urgent' } },
  { name: 'Emma Lindqvist', lines: [['k', 300, 'The sail loft can measure on Thursday. Shall I book you in?'], ['c', 260, 'Yes please, after 15:00 if possible']] },
  { name: 'Farid Rahimi', lines: [['c', 400, 'I would like to return the compass.'], ['note', 390, 'Bought in May, still within a year. Fine by me.']], more: { status: 'pending', pendingOn: 'customer' } },
  { name: 'Greta Sommer', lines: [['c', 1700, 'Können Sie mir die Rechnung noch einmal schicken?'], ['k', 1600, 'Gerne, sie ist unterwegs.']], more: { status: 'snoozed', snoozedUntil: new Date(now + 20 * 3_600_000).toISOString() } },
  { name: 'Visitor', lines: [['c', 2000, 'do you ship to norway']] },
];

const filler = ['Thanks, that helps.', 'When will it be back in stock?', 'I paid twice, could you have a look?', 'The zip of the bag is broken after one week.', 'Which paint goes over the old one?', 'Could I change the address of my order?', 'Do you have this in navy?'];
const names = ['Hannah Weiss', 'Ivo Jansen', 'Julia Roca', 'Kwame Mensah', 'Lena Vogel', 'Mateo Ruiz', 'Nina Petrov', 'Oskar Berg', 'Pia Lund', 'Quentin Roy', 'Rosa Marín', 'Sven Haugen'];

export interface Seeded {
  rows: Summary[];
  entries: Map<Id, Entry[]>;
}

export function seed(long: number): Seeded {
  const entries = new Map<Id, Entry[]>();
  const all = [...sketches, ...Array.from({ length: 90 }, (_, i): Sketch => ({ name: names[i % names.length]!, lines: [['c', 2100 + i * 37, filler[i % filler.length]!]] }))];
  const rows = all.map((sketch, i) => build(sketch, i, entries));
  if (long) rows.push(endless(long, entries));
  return { rows, entries };
}

function build(sketch: Sketch, i: number, entries: Map<Id, Entry[]>): Summary {
  const id = `cnv_${String(i).padStart(3, '0')}`;
  const contact = { id: `con_${i}`, name: sketch.name === 'Visitor' ? undefined! : sketch.name };
  const list: Entry[] = [];
  const push = (entry: Record<string, unknown>) => list.push({ conversation: id, seq: list.length + 1, visibility: 'public', ...entry } as unknown as Entry);
  const opened = sketch.lines[0]![1] + 0.1;
  push({ at: ago(opened), type: 'opened', author: { kind: 'system' }, inbox: 'inb_shop', contact: contact.id, channel: 'web', brand: 'brd_1', visibility: 'internal' });
  push({ at: ago(opened), type: 'episodeOpened', author: { kind: 'system' }, episode: 1, visibility: 'internal' });
  for (const [who, minutes, text] of sketch.lines) {
    const at = ago(minutes);
    const agent = who === 'n' ? { kind: 'agent', id: noor, name: 'Noor Bakker' } : { kind: 'agent', id: kim, name: 'Kim' };
    if (who === 'fact' && text === 'closed') push({ at, type: 'closed', author: agent, cause: 'manual' });
    else if (who === 'fact') {
      push({ at, type: 'labelled', author: agent, label: 'delivery', visibility: 'internal' });
      push({ at, type: 'priorityChanged', author: agent, from: 'normal', to: 'high', visibility: 'internal' });
      push({ at, type: 'assigned', author: agent, agent: kim, cause: 'manual', visibility: 'internal' });
    } else if (who === 'note') push({ at, type: 'note', author: agent, text, visibility: 'internal' });
    else push({ at, type: 'message', author: who === 'c' ? { kind: 'contact', ...contact } : agent, content: { type: 'text', text } });
  }
  entries.set(id, list);
  const last = list[list.length - 1]!;
  const said = list.filter((e) => e.type === 'message');
  return {
    id, contact, inbox: i % 7 === 4 ? 'inb_charter' : 'inb_shop', status: 'open', mode: 'messaging',
    holder: i < 8 && i !== 1 ? { kind: 'agent', id: kim } : i % 3 === 0 ? { kind: 'agent', id: noor } : { kind: 'nobody' },
    priority: 'normal', labels: [], lastSeq: last.seq, lastMessageSeq: said[said.length - 1]!.seq, lastEntryAt: last.at, channel: i % 5 === 3 ? 'email' : 'web', episode: 1,
    preview: preview(last), seen: i % 4 === 2 || i === 4 ? last.seq : 2, ...sketch.more,
  };
}

export function preview(entry: Entry): Summary['preview'] {
  if (entry.type === 'note') return { text: entry.text ?? '', author: entry.author, type: 'note' };
  return { text: entry.type === 'message' ? (entry.content?.text ?? entry.content?.files?.[0]?.name ?? '') : '', author: entry.author, type: entry.type };
}

function endless(length: number, entries: Map<Id, Entry[]>): Summary {
  const id = 'cnv_long';
  const list = Array.from({ length }, (_, i): Entry => {
    const ours = i % 5 === 3;
    const author = ours ? { kind: 'agent', id: kim, name: 'Kim' } : { kind: 'contact', id: 'con_long', name: 'Long Story' };
    return { conversation: id, seq: i + 1, at: ago((length - i) * 3), type: 'message', author, visibility: 'public', content: { type: 'text', text: `${i + 1}: ${(filler[i % filler.length]! + ' ').repeat((i % 4) + 1)}` } } as Entry;
  });
  entries.set(id, list);
  const last = list[length - 1]!;
  return {
    id, contact: { id: 'con_long', name: 'Long Story' }, inbox: 'inb_shop', status: 'open', mode: 'messaging', holder: { kind: 'agent', id: kim }, priority: 'normal', labels: [],
    lastSeq: length, lastMessageSeq: length, lastEntryAt: last.at, channel: 'web', episode: 1, preview: preview(last), seen: length,
  };
}

export function contact(id: Id, row: Summary | undefined): Contact {
  const first = id === 'con_0';
  return {
    id, ...(row?.contact.name ? { name: row.contact.name } : {}), verified: first,
    ...(first ? { email: 'ana@ferreira.example' } : {}),
    identities: first ? [{ kind: 'external', value: 'customer-20418', verified: true, by: 'jwt' }, { kind: 'email', value: 'ana@ferreira.example', verified: true, by: 'jwt' }] : [],
    language: 'pt', attributes: first ? { plan: 'Club', orders: '14' } : {},
    devices: [{ device: 'dev_1', agent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605 Version/18.1 Mobile Safari/604.1', language: 'pt-PT', timeZone: 'Europe/Lisbon' }],
    page: { url: 'https://lighthouse.test/anchors/galvanised-16', title: 'Galvanised anchor 16 kg', at: ago(2) },
    lastAt: ago(2), present: first,
  };
}
