import { expect, it } from 'vitest';

const [source] = Object.values(import.meta.glob<string>('./worker.js', { query: '?raw', import: 'default', eager: true }));

interface Shown {
  title: string;
  tag: string;
  data: unknown;
  close: () => void;
}

/** The worker in a browser that takes its time: what is shown, and what comes when. */
function browser() {
  const heard = new Map<string, (event: unknown) => void>();
  const shown: Shown[] = [];
  const later = () => new Promise((done) => setTimeout(done));
  const registration = {
    async showNotification(title: string, { tag, data }: { tag: string; data: unknown }) {
      const before = shown.findIndex((one) => one.tag === tag);
      if (before >= 0) shown.splice(before, 1);
      const notice: Shown = { title, tag, data, close: () => void shown.splice(shown.indexOf(notice), 1) };
      shown.push(notice);
      await later();
    },
    async getNotifications({ tag }: { tag: string }) {
      await later();
      return shown.filter((one) => one.tag === tag);
    },
  };
  const self = { registration, clients: {}, addEventListener: (name: string, hears: (event: unknown) => void) => heard.set(name, hears) };
  new Function('self', source!)(self);
  const push = (said: unknown) =>
    new Promise<void>((done, failed) => heard.get('push')!({ data: { json: () => said }, waitUntil: (task: Promise<unknown>) => void task.then(() => done(), failed) }));
  return { push, shown, registration };
}

it('OP7 what is taken away does not take what came after it', async () => {
  const { push, shown } = browser();
  await push({ kind: 'mine', conversation: 'cnv_1', name: 'Ana', language: 'en' });
  await Promise.all([push({ kind: 'taken', conversation: 'cnv_1' }), push({ kind: 'team', conversation: 'cnv_1', language: 'de' })]);
  expect(shown.map(({ title }) => title)).toEqual(['Jemand Neues hat geschrieben']);
});

it('OP7 one that could not be shown holds no other up', async () => {
  const { push, shown, registration } = browser();
  const show = registration.showNotification;
  registration.showNotification = async () => Promise.reject(new Error('not now'));
  await expect(push({ kind: 'mine', conversation: 'cnv_1', language: 'en' })).rejects.toThrow('not now');
  registration.showNotification = show;
  await push({ kind: 'mine', conversation: 'cnv_2', language: 'en' });
  expect(shown.map(({ tag }) => tag)).toEqual(['cnv_2']);
});
