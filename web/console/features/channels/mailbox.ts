import type { MailFinding, SettingValue } from '$client';

export type Group = 'mailbox' | 'servers' | 'token' | 'more';

/** How the fields of a mailbox stand together; what is in none stands under "more". */
export const groups: Record<Group, readonly string[]> = {
  mailbox: ['address', 'password', 'name', 'oldMail', 'signature'],
  servers: ['receiveHost', 'receivePort', 'receiveSecurity', 'sendHost', 'sendPort', 'sendSecurity', 'user', 'folders'],
  token: ['tokenUrl', 'tokenClient', 'tokenSecret', 'tokenRefresh'],
  more: [],
};

/** Whether somebody typed it themselves: neither what was filled in for them, nor what stands there from the start, nor nothing. */
export const touched = (value: SettingValue | undefined, filled: SettingValue | undefined, usual: SettingValue | undefined): boolean => value !== undefined && value !== '' && value !== filled && value !== usual;

/** `mail.receive.password` → `password`. */
export const faultOf = (code: string): string => code.slice(code.lastIndexOf('.') + 1).replace(/^missing$/, code.startsWith('mail.folder') ? 'folder' : 'missing');

/** Where one mends it. */
export function where({ advice }: Pick<MailFinding, 'advice'>): Group[] {
  if (advice === 'token') return ['token'];
  if (advice === 'certificate') return ['servers', 'more'];
  return advice === 'password' || advice === 'appPassword' ? ['mailbox', 'servers'] : advice === 'none' || advice === 'later' ? [] : ['servers'];
}
