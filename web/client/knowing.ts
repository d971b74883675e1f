import type { Http } from './http';
import type { Contact, Id, Page, Time } from './types';

/** What stands under a name that the workspace gave: of people, or of conversations. */
export interface Attribute {
  of: 'contact' | 'conversation';
  key: string;
  name: string;
  kind: 'text' | 'number' | 'yesNo' | 'date' | 'choice';
  choices?: string[];
  page?: boolean;
}

export interface PersonNote {
  /** Under this one it is changed: of two who turned out to be one person, either may have it. */
  contact: Id;
  seq: number;
  text: string;
  author: { kind: string; id?: string };
  name?: string;
  at: Time;
  editedAt?: Time;
  versions: { text: string; at: Time }[];
}

/** Somebody who came with the same browser: perhaps the same person, perhaps not. */
export interface Alike {
  contact: Id;
  name?: string;
  email?: string;
  verified: boolean;
  at: Time;
  conversations: number;
}

/** What two people will be as one. */
export interface MergePreview {
  from: Id;
  fromName?: string;
  into: Contact;
  conversations: number;
  /** What is known of the one that goes, and stands back. */
  left: string[];
}

/** What becomes of a conversation that goes on in another. */
export interface ConversationMerge {
  from: Id;
  into: Id;
  waits?: Time;
  promised?: Time;
  scheduled: number;
  labels: string[];
  reopens: boolean;
}

/** What is known of people, and said of conversations. Loaded with what shows it. */
export class KnowingApi {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  async attributes(): Promise<Attribute[]> {
    return (await this.#http.get<Page<Attribute>>('/v1/attributes')).items;
  }
  setAttribute({ of, key, ...body }: Attribute): Promise<Attribute> {
    return this.#http.call('PUT', `/v1/attributes/${of}/${encodeURIComponent(key)}`, { body });
  }
  removeAttribute({ of, key }: Attribute): Promise<void> {
    return this.#http.call('DELETE', `/v1/attributes/${of}/${encodeURIComponent(key)}`);
  }
  describe(contact: Id, attributes: Record<string, string | null>): Promise<Contact> {
    return this.#http.call('PATCH', `/v1/contacts/${contact}`, { body: { attributes } });
  }
  detail(conversation: Id, attributes: Record<string, string | null>): Promise<unknown> {
    return this.#http.call('PATCH', `/v1/conversations/${conversation}/attributes`, { body: { attributes } });
  }
  async alike(contact: Id): Promise<Alike[]> {
    return (await this.#http.get<Page<Alike>>(`/v1/contacts/${contact}/alike`)).items;
  }
  previewMerge(from: Id, into: Id): Promise<MergePreview> {
    return this.#http.get(`/v1/contacts/${from}/merge`, { into });
  }
  merge(from: Id, into: Id): Promise<Contact> {
    return this.#http.call('POST', `/v1/contacts/${from}/merge`, { body: { into } });
  }
  previewConversation(from: Id, into: Id): Promise<ConversationMerge> {
    return this.#http.get(`/v1/conversations/${from}/merge`, { into });
  }
  mergeConversation(from: Id, into: Id): Promise<unknown> {
    return this.#http.call('POST', `/v1/conversations/${from}/merge`, { body: { into } });
  }
  async notes(contact: Id): Promise<PersonNote[]> {
    return (await this.#http.get<Page<PersonNote>>(`/v1/contacts/${contact}/notes`)).items;
  }
  note(contact: Id, text: string): Promise<PersonNote> {
    return this.#http.call('POST', `/v1/contacts/${contact}/notes`, { body: { text } });
  }
  changeNote({ contact, seq }: PersonNote, text: string): Promise<PersonNote> {
    return this.#http.call('PATCH', `/v1/contacts/${contact}/notes/${seq}`, { body: { text } });
  }
  dropNote({ contact, seq }: PersonNote): Promise<void> {
    return this.#http.call('DELETE', `/v1/contacts/${contact}/notes/${seq}`);
  }
}
