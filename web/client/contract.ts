/**
 * What the server says of itself (`web/contract`, generated) must fit what we read. Nothing here is ever run: where the two part, `npm run check`
 * fails at the name that no longer fits. Left out are the fields that the description leaves open (`string` where we name the values).
 */
import type { components } from '../contract/types';
import type { Mailed } from './mail';
import type * as ours from './types';

type Server = components['schemas'];
type Writable<T> = T extends readonly (infer Item)[] ? Writable<Item>[] : T extends object ? { -readonly [K in keyof T]: Writable<T[K]> } : T;
type Fits<Theirs, Ours> = Writable<Theirs> extends Ours ? true : { theirs: Writable<Theirs>; ours: Ours };

export interface Fitting {
  summary: Fits<Server['Summary'], ours.Summary>;
  thread: Fits<Server['Thread'], Omit<ours.Thread, 'agents'> & Partial<Pick<ours.Thread, 'agents'>>>;
  publicInbox: Fits<Omit<Server['WidgetInbox'], 'availability'>, Omit<ours.PublicInbox, 'availability'>>;
  session: Fits<Omit<Server['WidgetSession'], 'inbox'>, Omit<ours.VisitorSession, 'inbox'>>;
  visitor: Fits<Server['WidgetVisitorView'], ours.Visitor>;
  envelope: Fits<Pick<Server['Envelope'], 'seq' | 'prev' | 'position' | 'at' | 'author' | 'visibility' | 'clientId'>, Omit<ours.Envelope, 'conversation' | 'redacted'>>;
  content: Fits<Omit<Server['Content'], 'format' | 'mail'>, Omit<ours.Content, 'format' | 'mail'>>;
  mail: Fits<Omit<Server['Mailed'], 'automatic'>, Omit<Mailed, 'automatic'>>;
  file: Fits<Server['FileCard'], ours.StoredFile>;
  contact: Fits<Server['ContactsView'], ours.Contact>;
  found: Fits<Server['Hit'], ours.Found>;
  foundPerson: Fits<Server['PersonHit'], ours.FoundPerson>;
  agent: Fits<Server['AgentsView'], ours.Agent>;
  team: Fits<Server['TeamsView'], ours.Team>;
  inbox: Fits<Server['InboxesView'], ours.Inbox>;
  token: Fits<Server['ApiToken'], ours.ApiToken>;
  brand: Fits<Server['BrandsView'], ours.Brand>;
  policy: Fits<Server['PolicyView'], ours.Policy>;
  profiles: Fits<Server['PolicyProfiles'], Record<ours.Profile, ours.Switches>>;
  directory: Fits<Omit<Server['MeDirectoryView'], 'me'>, Omit<ours.Directory, 'me'>>;
  me: Fits<Server['Me'], ours.Me>;
}

export const fitting: { [Name in keyof Fitting]: Fitting[Name] extends true ? true : Name } = {
  summary: true, thread: true, publicInbox: true, session: true, visitor: true, envelope: true, content: true, mail: true, file: true, contact: true,
  found: true, foundPerson: true, agent: true, team: true, inbox: true, token: true, brand: true, policy: true, profiles: true, directory: true, me: true,
};
