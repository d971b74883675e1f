import { Problem } from '$client';
import { toast } from '$kit/parts/toasts.svelte';
import { t, type Key } from './texts.svelte';

const known: Partial<Record<string, Key>> = {
  network: 'failed.network',
  'auth.wrong': 'failed.credentials',
  'auth.locked': 'failed.locked',
  'setup.code': 'failed.setupCode',
  'setup.locked': 'failed.locked',
  'email.invalid': 'failed.email',
  'email.taken': 'failed.emailTaken',
  'invitation.gone': 'failed.invitation',
  'link.gone': 'failed.link',
  'password.short': 'password.short',
  'account.password': 'failed.accountPassword',
  'picture.unknown': 'failed.picture.unknown',
  'picture.owner': 'failed.picture.owner',
  'name.empty': 'failed.name',
  'name.tooLong': 'failed.name',
  'name.invalid': 'failed.name',
  'zone.unknown': 'failed.zone',
  'hours.invalid': 'failed.hours',
  'languages.invalid': 'failed.languages',
  'texts.invalid': 'failed.texts',
  'paths.invalid': 'failed.paths',
  'segments.invalid': 'failed.segments',
  'auth.forbidden': 'failed.access',
  'password.wrong': 'failed.password',
  'file.tooLarge': 'failed.tooLarge',
  'http.413': 'failed.tooLarge',
  'file.typeRefused': 'failed.fileType',
  'file.notAsClaimed': 'failed.fileType',
};

/** What went wrong, in words for the person who did it. The server's own sentence serves where we have none of ours. */
export function say(error: unknown): string {
  if (!(error instanceof Problem)) return t('failed.unknown');
  const key = known[error.code] ?? (error.status === 429 ? 'failed.tooMany' : error.status === 403 ? 'failed.access' : error.status >= 500 ? 'failed.server' : undefined);
  return key ? t(key) : error.message;
}

export function complain(error: unknown, again?: () => void) {
  toast(say(error), { tone: 'broken', ...(again ? { action: { name: t('again'), perform: again } } : {}) });
}
