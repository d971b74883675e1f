import { expect, test } from 'vitest';
import { faultOf, touched, where } from './mailbox';

test('what somebody typed is not written over, and what was filled in is', () => {
  expect(touched('imap.own.example', 'imap.gmail.com', undefined)).toBe(true);
  expect(touched('imap.gmail.com', 'imap.gmail.com', undefined)).toBe(false);
  expect(touched('tls', undefined, 'tls')).toBe(false);
  expect(touched('', undefined, undefined)).toBe(false);
});

test.each([['mail.receive.password', 'password'], ['mail.folder.missing', 'folder'], ['mail.folder.busy', 'busy'], ['mail.loop.missing', 'missing'], ['mail.send.refused', 'refused']])('%s is said as %s', (code, fault) => expect(faultOf(code)).toBe(fault));

test('CH9 what failed is unfolded where one mends it', () => {
  expect(where({ advice: 'startTls' })).toEqual(['servers']);
  expect(where({ advice: 'certificate' })).toEqual(['servers', 'more']);
  expect(where({ advice: 'appPassword' })).toEqual(['mailbox', 'servers']);
  expect(where({ advice: 'later' })).toEqual([]);
});
