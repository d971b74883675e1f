import { AnsweringApi } from './answering';
import { Http } from './http';
import type { Checklist, Mails } from './care';
import type { Form } from './content';
import type { NewDevice, PushDevice, PushView } from './push';
import type {
  Agent, AgentState, ApiToken, Brand, BuiltIn, Calendar, Contact, Counts, Directory, Entry, FoundPage, FoundPerson, Id, Inbox, InboxKey, Invitation, Me, Offer, Page, PendingOn,
  Priority, Profile, PublicInbox, Role, Segment, SortingRule, StoredFile, Summary, Team, Time, Timeline, InboxTexts, OpeningSpan, Policy, PolicyWish, PromiseScore, Reception, SpecialDay, Switches, Voice,
} from './types';
import { ViewsApi } from './views';
import type { Command, Done, TimelineQuery } from './visitorApi';

export interface ListQuery {
  view?: string;
  status?: string;
  inbox?: Id;
  assignee?: Id;
  team?: Id;
  cursor?: string;
  limit?: number;
}

/** What is absent stays; an empty colour and empty languages are the brand's again. */
export interface InboxChange extends Partial<Pick<Inbox, 'giving' | 'examples'>> {
  name?: string;
  brand?: Id;
  profile?: Profile;
  domains?: string[];
  texts?: Record<string, InboxTexts>;
  languages?: string[];
  teams?: Id[];
  color?: string;
  voice?: Record<string, Voice>;
  segments?: Segment[];
  sorting?: SortingRule[];
  forms?: Form[];
  /** The id of the form; empty: none. */
  preChat?: string;
  offline?: string;
  rating?: boolean;
}

/** What is absent stays; an empty logo takes it away. */
export interface BrandChange {
  name?: string;
  color?: string;
  /** A picture that one uploaded. */
  logo?: Id;
  zone?: string;
  hours?: OpeningSpan[];
  exceptions?: SpecialDay[];
  languages?: string[];
  texts?: Record<string, InboxTexts>;
}

export interface AgentChange {
  name?: string;
  role?: Role;
  teams?: Id[];
  active?: boolean;
  languages?: string[];
  password?: string;
  /** A picture that one uploaded oneself; empty: none any more. */
  picture?: Id;
}

export interface Note {
  clientId: string;
  text: string;
  mentions?: Id[];
  teams?: Id[];
  files?: Id[];
}
/** What an agent may ask of Parley, over the cookie of their session. */
export class AgentApi {
  readonly answering: AnsweringApi;
  readonly views: ViewsApi;
  readonly #http: Http;

  constructor(readonly http: Http) {
    this.#http = http;
    this.answering = new AnsweringApi(http);
    this.views = new ViewsApi(http);
  }

  static over(fetch?: typeof globalThis.fetch): AgentApi {
    return new AgentApi(new Http({ headers: { 'X-Parley': '1' }, ...(fetch ? { fetch } : {}) }));
  }

  // -- coming in
  setUp(newcomer: { code: string; name: string; email: string; password: string; company?: string; language?: string; zone?: string }): Promise<Me> {
    return this.#http.call('POST', '/v1/setup', { body: newcomer });
  }

  /** What an invitation is for, and whether its address has an account here already. */
  openInvitation(token: string): Promise<{ company: string; email: string; known: boolean }> {
    return this.#http.call('POST', '/v1/invitations/open', { body: { token } });
  }
  join(token: string, name: string, password: string): Promise<Me> {
    return this.#http.call('POST', '/v1/invitations/accept', { body: { token, name, password } });
  }
  /** Whether a link for a new password would come by mail. */
  async mailsLinks(): Promise<boolean> {
    return (await this.#http.get<{ mail: boolean }>('/v1/password/forgot')).mail;
  }
  forgot(email: string, language: string): Promise<unknown> {
    return this.#http.call('POST', '/v1/password/forgot', { body: { email, language } });
  }
  renew(token: string, password: string): Promise<Me | undefined> {
    return this.#http.call('POST', '/v1/password/reset', { body: { token, password } });
  }

  // -- oneself
  signIn(email: string, password: string, code?: string): Promise<unknown> {
    return this.#http.call('POST', '/v1/session', { body: { email, password, code } });
  }
  signOut(): Promise<void> {
    return this.#http.call('DELETE', '/v1/session');
  }
  me(): Promise<Me> {
    return this.#http.get('/v1/me');
  }
  changeMe(change: { name?: string; password?: string; currentPassword?: string; picture?: Id; undoSeconds?: number }): Promise<Me> {
    return this.#http.call('PATCH', '/v1/me', { body: change });
  }
  push(): Promise<PushView> {
    return this.#http.get('/v1/me/push');
  }
  setPush(wish: Pick<PushView, 'kinds' | 'quiet'>): Promise<PushView> {
    return this.#http.call('PUT', '/v1/me/push', { body: wish });
  }
  addDevice(device: NewDevice): Promise<PushDevice> {
    return this.#http.call('POST', '/v1/me/push/devices', { body: device });
  }
  dropDevice(id: Id): Promise<void> {
    return this.#http.call('DELETE', `/v1/me/push/devices/${id}`);
  }
  /** To all devices, now. */
  testPush(): Promise<{ sent: number; gone: number; failed: number }> {
    return this.#http.call('POST', '/v1/me/push/test');
  }
  /** Somebody sits here. */
  input(): Promise<unknown> {
    return this.#http.call('POST', '/v1/me/input');
  }
  setState(state: AgentState): Promise<unknown> {
    return this.#http.call('PUT', '/v1/me/presence', { body: { state } });
  }
  offers(): Promise<{ items: Offer[]; load: number; capacity: number }> {
    return this.#http.get('/v1/me/offers');
  }
  answerOffer(id: Id, answer: 'accept' | 'decline'): Promise<unknown> {
    return this.#http.call('PUT', `/v1/offers/${id}`, { body: { answer } });
  }
  directory(): Promise<Directory> {
    return this.#http.get('/v1/directory');
  }

  // -- reading conversations
  conversations(query: ListQuery = {}, signal?: AbortSignal): Promise<Page<Summary>> {
    return this.#http.get('/v1/conversations', { ...query }, signal);
  }
  async counts(): Promise<Counts> {
    return (await this.#http.get<{ counts: Counts }>('/v1/counts')).counts;
  }
  conversation(id: Id): Promise<Summary> {
    return this.#http.get(`/v1/conversations/${id}`);
  }
  timeline(id: Id, query: TimelineQuery = {}, signal?: AbortSignal): Promise<Timeline> {
    return this.#http.get(`/v1/conversations/${id}/timeline`, { ...query }, signal);
  }
  search(q: string, cursor?: string, limit?: number, signal?: AbortSignal): Promise<FoundPage> {
    return this.#http.get('/v1/search', { q, cursor, limit }, signal);
  }
  people(q: string, cursor?: string, limit?: number, signal?: AbortSignal): Promise<Page<FoundPerson>> {
    return this.#http.get('/v1/contacts', { q, cursor, limit }, signal);
  }

  // -- saying something
  post(id: Id, command: Command): Promise<Entry> {
    return this.#http.call('POST', `/v1/conversations/${id}/messages`, { body: command });
  }
  note(id: Id, note: Note): Promise<Entry> {
    return this.#http.call('POST', `/v1/conversations/${id}/notes`, { body: note });
  }
  edit(id: Id, seq: number, command: Command): Done {
    return this.#http.call('PATCH', `/v1/conversations/${id}/messages/${seq}`, { body: command });
  }
  remove(id: Id, seq: number): Done {
    return this.#http.call('DELETE', `/v1/conversations/${id}/messages/${seq}`);
  }
  react(id: Id, seq: number, emoji: string, on: boolean): Done {
    return this.#http.call(on ? 'PUT' : 'DELETE', `/v1/conversations/${id}/messages/${seq}/reactions/${encodeURIComponent(emoji)}`);
  }
  seen(id: Id, seq: number): Promise<void> {
    return this.#http.call('PUT', `/v1/conversations/${id}/seen`, { body: { seq } });
  }
  upload(file: Blob, name: string, progress?: (share: number) => void, signal?: AbortSignal): Promise<StoredFile> {
    return this.#http.upload('/v1/files', file, name, progress, signal);
  }

  // -- deciding about a conversation; every one answers with the entries it made, none when nothing changed
  assign(id: Id, to: { agent?: Id; team?: Id }): Done {
    return this.#http.call('PUT', `/v1/conversations/${id}/assignment`, { body: to });
  }
  unassign(id: Id): Done {
    return this.#http.call('DELETE', `/v1/conversations/${id}/assignment`);
  }
  snooze(id: Id, until: Time): Done {
    return this.#http.call('PUT', `/v1/conversations/${id}/snooze`, { body: { until } });
  }
  unsnooze(id: Id): Done {
    return this.#http.call('DELETE', `/v1/conversations/${id}/snooze`);
  }
  /** The agent goes on later, by when they say; without a time somebody does as promised. */
  later(id: Id, by?: Time): Done {
    return this.#http.call('PUT', `/v1/conversations/${id}/later`, { body: { by } });
  }
  endTalk(id: Id): Done {
    return this.#http.call('DELETE', `/v1/conversations/${id}/session`);
  }
  pend(id: Id, on: PendingOn): Done {
    return this.#http.call('PUT', `/v1/conversations/${id}/pending`, { body: { on } });
  }
  unpend(id: Id): Done {
    return this.#http.call('DELETE', `/v1/conversations/${id}/pending`);
  }
  close(id: Id): Done {
    return this.#http.call('PUT', `/v1/conversations/${id}/closure`, { body: {} });
  }
  reopen(id: Id): Done {
    return this.#http.call('DELETE', `/v1/conversations/${id}/closure`);
  }
  spam(id: Id, on: boolean): Done {
    return this.#http.call(on ? 'PUT' : 'DELETE', `/v1/conversations/${id}/spam`);
  }
  label(id: Id, label: string, on: boolean): Done {
    return this.#http.call(on ? 'PUT' : 'DELETE', `/v1/conversations/${id}/labels/${encodeURIComponent(label)}`);
  }
  prioritise(id: Id, priority: Priority): Done {
    return this.#http.call('PUT', `/v1/conversations/${id}/priority`, { body: { priority } });
  }
  redact(id: Id, of: number, reason: string): Done {
    return this.#http.call('POST', `/v1/conversations/${id}/redactions`, { body: { of, reason } });
  }

  // -- people
  contact(id: Id): Promise<Contact> {
    return this.#http.get(`/v1/contacts/${id}`);
  }
  block(id: Id, on: boolean): Promise<Contact> {
    return this.#http.call(on ? 'PUT' : 'DELETE', `/v1/contacts/${id}/block`);
  }
  changeContact(id: Id, change: { name?: string; email?: string }): Promise<Contact> {
    return this.#http.call('PATCH', `/v1/contacts/${id}`, { body: change });
  }
  async conversationsOf(contact: Id): Promise<Summary[]> {
    return (await this.#http.get<Page<Summary>>(`/v1/contacts/${contact}/conversations`)).items;
  }
  eraseContact(id: Id, reason: string): Promise<unknown> {
    return this.#http.call('POST', `/v1/contacts/${id}/erasure`, { body: { reason } });
  }

  // -- settings
  checklist(): Promise<Checklist> {
    return this.#http.get('/v1/checklist');
  }
  putChecklist(away: boolean): Promise<void> {
    return this.#http.call(away ? 'DELETE' : 'PUT', '/v1/checklist');
  }
  mails(): Promise<Mails> {
    return this.#http.get('/v1/mails');
  }
  retryMail(id: Id): Promise<void> {
    return this.#http.call('POST', `/v1/mails/${id}/retry`);
  }
  dropMail(id: Id): Promise<void> {
    return this.#http.call('DELETE', `/v1/mails/${id}`);
  }
  /** The line for a site, and whether Parley can mail it. */
  snippet(inbox: Id): Promise<{ text: string; mail: boolean }> {
    return this.#http.get(`/v1/inboxes/${inbox}/snippet`);
  }
  mailSnippet(inbox: Id, to: string, language: string): Promise<unknown> {
    return this.#http.call('POST', `/v1/inboxes/${inbox}/snippet`, { body: { to, language } });
  }
  renameWorkspace(name: string): Promise<unknown> {
    return this.#http.call('PATCH', '/v1/workspace', { body: { name } });
  }
  async inboxes(): Promise<Inbox[]> {
    return (await this.#http.get<Page<Inbox>>('/v1/inboxes')).items;
  }
  inbox(id: Id): Promise<Inbox> {
    return this.#http.get(`/v1/inboxes/${id}`);
  }
  addInbox(inbox: InboxChange & { name: string; channel: string }): Promise<Inbox> {
    return this.#http.call('POST', '/v1/inboxes', { body: inbox });
  }
  changeInbox(id: Id, change: InboxChange): Promise<Inbox> {
    return this.#http.call('PATCH', `/v1/inboxes/${id}`, { body: change });
  }
  forgetSites(id: Id): Promise<Inbox> {
    return this.#http.call('DELETE', `/v1/inboxes/${id}/sites`);
  }
  async keys(inbox: Id): Promise<InboxKey[]> {
    return (await this.#http.get<Page<InboxKey>>(`/v1/inboxes/${inbox}/keys`)).items;
  }
  addKey(inbox: Id, key: { algorithm: string; publicKey?: string }): Promise<InboxKey> {
    return this.#http.call('POST', `/v1/inboxes/${inbox}/keys`, { body: key });
  }
  removeKey(inbox: Id, kid: string): Promise<void> {
    return this.#http.call('DELETE', `/v1/inboxes/${inbox}/keys/${encodeURIComponent(kid)}`);
  }
  async agents(): Promise<Agent[]> {
    return (await this.#http.get<Page<Agent>>('/v1/agents')).items;
  }
  addAgent(agent: { name: string; email: string; password: string; role: Role; teams?: Id[] }): Promise<Agent> {
    return this.#http.call('POST', '/v1/agents', { body: agent });
  }
  changeAgent(id: Id, change: AgentChange): Promise<Agent> {
    return this.#http.call('PATCH', `/v1/agents/${id}`, { body: change });
  }
  setCapacity(id: Id, units: number): Promise<Agent> {
    return this.#http.call('PUT', `/v1/agents/${id}/capacity`, { body: { units } });
  }
  async invitations(): Promise<Invitation[]> {
    return (await this.#http.get<Page<Invitation>>('/v1/invitations')).items;
  }
  invite(invitation: { email: string; role: Role; teams?: Id[]; language?: string }): Promise<Invitation> {
    return this.#http.call('POST', '/v1/invitations', { body: invitation });
  }
  uninvite(id: Id): Promise<void> {
    return this.#http.call('DELETE', `/v1/invitations/${id}`);
  }
  resetOf(agent: Id): Promise<{ url: string; expiresAt: Time }> {
    return this.#http.call('POST', `/v1/agents/${agent}/reset`);
  }
  async teams(): Promise<Team[]> {
    return (await this.#http.get<Page<Team>>('/v1/teams')).items;
  }
  addTeam(team: { name: string; agents?: Id[]; hours?: Calendar }): Promise<Team> {
    return this.#http.call('POST', '/v1/teams', { body: team });
  }
  changeTeam(id: Id, change: { name?: string; agents?: Id[]; hours?: Calendar }): Promise<Team> {
    return this.#http.call('PATCH', `/v1/teams/${id}`, { body: change });
  }
  removeTeam(id: Id): Promise<void> {
    return this.#http.call('DELETE', `/v1/teams/${id}`);
  }
  async tokens(): Promise<ApiToken[]> {
    return (await this.#http.get<Page<ApiToken>>('/v1/tokens')).items;
  }
  addToken(token: { name: string; scopes: string[] }): Promise<ApiToken> {
    return this.#http.call('POST', '/v1/tokens', { body: token });
  }
  removeToken(id: Id): Promise<void> {
    return this.#http.call('DELETE', `/v1/tokens/${id}`);
  }
  async brands(): Promise<Brand[]> {
    return (await this.#http.get<Page<Brand>>('/v1/brands')).items;
  }
  addBrand(brand: BrandChange & { name: string }): Promise<Brand> {
    return this.#http.call('POST', '/v1/brands', { body: brand });
  }
  changeBrand(id: Id, change: BrandChange): Promise<Brand> {
    return this.#http.call('PATCH', `/v1/brands/${id}`, { body: change });
  }
  policy(inbox: Id): Promise<Policy> {
    return this.#http.get(`/v1/inboxes/${inbox}/policy`);
  }
  setPolicy(inbox: Id, wish: PolicyWish): Promise<Policy> {
    return this.#http.call('PUT', `/v1/inboxes/${inbox}/policy`, { body: wish });
  }
  /** How an inbox's promises of the last seven days were kept; nothing where none was made. */
  async promises(inbox: Id): Promise<PromiseScore | undefined> {
    return (await this.#http.get<{ items: PromiseScore[] }>('/v1/figures/promises', { inbox })).items[0];
  }
  /** Another profile for a while, from now on where nothing else is said; ends by itself. */
  tryProfile(inbox: Id, trial: { profile: Profile; from?: Time; until: Time }): Promise<Policy> {
    return this.#http.call('PUT', `/v1/inboxes/${inbox}/trial`, { body: trial });
  }
  endTrial(inbox: Id): Promise<Policy> {
    return this.#http.call('DELETE', `/v1/inboxes/${inbox}/trial`);
  }
  profiles(): Promise<Record<Profile, Switches>> {
    return this.#http.get('/v1/profiles');
  }
  /** What a customer would find under a policy that is not set yet: now, or at another time by its hours alone. */
  tryPolicy(inbox: Id, policy: PolicyWish, at?: Time): Promise<Reception> {
    return this.#http.call('POST', `/v1/inboxes/${inbox}/availability`, { body: { policy, ...(at ? { at } : {}) } });
  }
  /** What customers read where nobody typed anything. */
  async saidByParley(): Promise<BuiltIn[]> {
    return (await this.#http.get<Page<BuiltIn>>('/v1/texts')).items;
  }
  /** An inbox as its widgets read it now, and not as some cache remembers it. */
  asWidgetsRead(id: Id): Promise<PublicInbox> {
    return this.#http.get(`/v1/widget/inboxes/${id}`, { fresh: Date.now() });
  }
}
