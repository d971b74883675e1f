import { expect, test } from 'vitest';
import type { Channel, ChannelKind } from '$client';
import { filled, given } from './schema';

const schema: ChannelKind = {
  kind: 'letters',
  name: { en: 'Letters', de: 'Briefe' },
  about: 'By post',
  fields: [
    { name: 'host', kind: 'text', label: 'Host', required: true },
    { name: 'port', kind: 'number', label: 'Port', required: false, default: 993 },
    { name: 'password', kind: 'secret', label: 'Password', required: true },
    { name: 'token', kind: 'made', label: 'Token', required: false },
    { name: 'quiet', kind: 'switch', label: 'Quiet', required: false },
  ],
};

test('BX13 a form of any channel is filled from its schema, without its secrets', () => {
  expect(filled(schema)).toEqual({ host: '', port: 993, password: '', quiet: false });
  const channel = { settings: { host: 'mail.example', port: 143 }, secrets: ['password', 'token'] } as unknown as Channel;
  expect(filled(schema, channel)).toEqual({ host: 'mail.example', port: 143, password: '', quiet: false });
});

test('an empty secret stays as it is, and a number goes as one', () => {
  expect(given(schema, { host: 'mail.example', port: '143', password: '', quiet: true })).toEqual({ host: 'mail.example', port: 143, quiet: true });
  expect(given(schema, { host: '', port: '', password: 'new' })).toEqual({ host: '', port: '', password: 'new' });
  expect(given(undefined, { host: 'x' })).toEqual({});
});
