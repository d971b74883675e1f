import { expect, it, vi } from 'vitest';
import type { Attachment, Job, VisitorApi } from '$client';
import { ana, cnv, said } from '../../../client/test/cast';
import { post, worded } from './posting';

const file = (mime: string) => ({ name: 'a', mime, size: 1 }) as Attachment;
const job = (more: Partial<Job> = {}) => ({ clientId: 'c1', kind: 'message', conversation: cnv, content: { type: 'text' }, attachments: [], at: 0, state: 'sending', attempts: 0, ...more }) as Job;

it('is a picture, a file or words', () => {
  expect(worded('hi', [])).toEqual({ type: 'text', text: 'hi' });
  expect(worded('', [file('image/png')], 4)).toEqual({ type: 'image', quote: 4 });
  expect(worded('see', [file('image/png'), file('text/plain')])).toEqual({ type: 'file', text: 'see' });
});

it('goes where it belongs', async () => {
  const entry = said(2, ana, 'hi');
  const api = { rate: vi.fn(async () => ({ entries: [entry] })), post: vi.fn(async () => entry), open: vi.fn(async () => ({ conversation: { id: 'cnv_new' }, entry })) };
  const opened = vi.fn();
  const go = (one: Job, content: object) => post(api as unknown as VisitorApi, one, content as never, opened);
  await go(job(), { type: 'text', text: 'hi' });
  expect(api.post).toHaveBeenCalledWith(cnv, { clientId: 'c1', of: undefined, content: { type: 'text', text: 'hi' } });
  await go(job({ of: 9 }), { type: 'rating', score: 5 });
  expect(api.rate).toHaveBeenCalledWith(cnv, { of: 9, score: 5, text: undefined, clientId: 'c1' });
  expect((await go(job({ conversation: 'new:1' }), { type: 'text', text: 'hi' })).conversation).toBe('cnv_new');
  await go(job({ conversation: 'new:1' }), { type: 'formResponse', form: { id: 'away' }, values: { message: 'hi' } });
  expect(api.open).toHaveBeenLastCalledWith({ clientId: 'c1', form: { id: 'away', values: { message: 'hi' } } });
  expect(opened).toHaveBeenCalledTimes(2);
});
