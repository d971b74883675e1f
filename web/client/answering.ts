import type { Http } from './http';
import type { LocalText } from './content';
import type { Content, EntryOf, Entry, Id, Page, Priority, Time } from './types';
import type { FieldFlaw } from './problem';
import type { Command } from './visitorApi';

/** What an agent began to write. */
export interface DraftWords {
  reply: string;
  note: string;
  mode: 'reply' | 'note';
  quote?: number;
  /** Of a mail: its fields, as text. */
  mail?: { subject: string; to: string; cc: string; bcc: string };
}

/** `version`: 0 where nothing was begun. */
export type SavedDraft = DraftWords & { version: number };

/** A reply that was written before; with placeholders in its texts. */
export interface CannedReply {
  id: Id;
  name: string;
  /** What finds it at once behind a slash; empty for none. */
  shortcut: string;
  format: 'plain' | 'markdown';
  texts: LocalText;
  /** Whose it is; absent: everybody's. */
  team?: Id;
  /** One may change it. */
  mine: boolean;
}

export type NewReply = Omit<CannedReply, 'id' | 'mine'>;

/** One thing that a macro does: exactly one of these is there. */
export interface MacroAction {
  reply?: Id;
  label?: string;
  unlabel?: string;
  agent?: Id;
  team?: Id;
  snoozeMinutes?: number;
  priority?: Priority;
  close?: boolean;
}

export interface NewMacro {
  name: string;
  actions: MacroAction[];
  /** Whose it is; absent: everybody's. */
  team?: Id;
}

export interface Macro extends NewMacro {
  id: Id;
  /** One may change it. */
  mine: boolean;
}

/** What it would do in a conversation; `flaw`: why that cannot be any more. */
export interface MacroPreview {
  name: string;
  actions: { action: MacroAction; text?: string; name?: string; flaw?: FieldFlaw }[];
}

/** What an agent may ask so that answering is quick: saying something later, and thinking better of it. */
export class AnsweringApi {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  /** At a time, or after some seconds. Where the customer is talked with, the latter comes back as the message that it became at once. */
  schedule(id: Id, command: Command & { at?: Time; undo?: number }): Promise<Entry> {
    return this.#http.call('POST', `/v1/conversations/${id}/scheduled`, { body: command });
  }
  async scheduled(id: Id): Promise<EntryOf<'scheduled'>[]> {
    return (await this.#http.get<{ items: EntryOf<'scheduled'>[] }>(`/v1/conversations/${id}/scheduled`)).items;
  }
  /** The words, which are kept nowhere else from then on. */
  async takeBack(id: Id, seq: number): Promise<Content> {
    return (await this.#http.call<{ content: Content }>('DELETE', `/v1/conversations/${id}/scheduled/${seq}`)).content;
  }
  async drafts(): Promise<Id[]> {
    return (await this.#http.get<{ conversations: Id[] }>('/v1/drafts')).conversations;
  }
  draft(id: Id): Promise<SavedDraft> {
    return this.#http.get(`/v1/conversations/${id}/draft`);
  }
  /** Over the version that was read; of another one it is refused (409 `draft.newer`). */
  saveDraft(id: Id, draft: SavedDraft): Promise<SavedDraft> {
    return this.#http.call('PUT', `/v1/conversations/${id}/draft`, { body: draft });
  }
  async replies(): Promise<CannedReply[]> {
    return (await this.#http.get<Page<CannedReply>>('/v1/replies')).items;
  }
  addReply(reply: NewReply): Promise<CannedReply> {
    return this.#http.call('POST', '/v1/replies', { body: reply });
  }
  changeReply(id: Id, reply: NewReply): Promise<CannedReply> {
    return this.#http.call('PUT', `/v1/replies/${id}`, { body: reply });
  }
  removeReply(id: Id): Promise<void> {
    return this.#http.call('DELETE', `/v1/replies/${id}`);
  }
  async macros(): Promise<Macro[]> {
    return (await this.#http.get<Page<Macro>>('/v1/macros')).items;
  }
  addMacro(macro: NewMacro): Promise<Macro> {
    return this.#http.call('POST', '/v1/macros', { body: macro });
  }
  changeMacro(id: Id, macro: NewMacro): Promise<Macro> {
    return this.#http.call('PUT', `/v1/macros/${id}`, { body: macro });
  }
  removeMacro(id: Id): Promise<void> {
    return this.#http.call('DELETE', `/v1/macros/${id}`);
  }
  previewMacro(id: Id, macro: Id): Promise<MacroPreview> {
    return this.#http.get(`/v1/conversations/${id}/macros/${macro}`);
  }
  /** All of it, or nothing. */
  async runMacro(id: Id, macro: Id, clientId: string): Promise<Entry[]> {
    return (await this.#http.call<{ entries: Entry[] }>('POST', `/v1/conversations/${id}/macros/${macro}`, { body: { clientId } })).entries;
  }
  /** As it is said in a conversation; `missing`: of what nothing is known there. */
  rendered(id: Id, reply: Id): Promise<{ text: string; format: 'plain' | 'markdown'; missing: string[] }> {
    return this.#http.get(`/v1/conversations/${id}/replies/${reply}`);
  }
  sendNow(id: Id, seq: number): Promise<Entry> {
    return this.#http.call('PUT', `/v1/conversations/${id}/scheduled/${seq}/dispatch`);
  }
}
