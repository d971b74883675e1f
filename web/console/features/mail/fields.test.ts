import { expect, test } from 'vitest';
import { fieldsOf, sending, wrong } from './fields';

const ana = { address: 'ana@example.org', name: 'Ana' };

test('what stands in the fields is sent as addresses, and comes back as it was', () => {
  const mail = { subject: ' Sails ', to: 'Ana <ana@example.org>', cc: '', bcc: 'ben@example.org' };
  expect(sending(mail)).toEqual({ subject: 'Sails', to: [ana], bcc: [{ address: 'ben@example.org' }] });
  expect(fieldsOf(sending(mail))).toEqual({ subject: 'Sails', to: 'Ana <ana@example.org>', cc: '', bcc: 'ben@example.org' });
});

test('what is no address is said', () => {
  expect(wrong({ subject: '', to: 'ana@example.org', cc: 'ben', bcc: '' })).toBe(true);
  expect(wrong({ subject: '', to: 'ana@example.org', cc: '', bcc: '' })).toBe(false);
});
