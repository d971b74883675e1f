import { flushSync } from 'svelte';
import { uuid7, type Attachment, type Content, type DraftWords, type Id, type Item } from '$client';
import { toast } from '$kit/parts/toasts.svelte';
import { seat } from '../../app/seat.svelte';
import { drafts, replies } from '../writing';
import { fieldsOf, sending, wrong, type MailDraft } from '../mail/fields';
import { emptyDraft, keepDraft, readDraft, type Draft } from './drafts';
import { outgoing } from './outgoing.svelte';
import { current } from './current.svelte';
import { slots } from '../team/slots.svelte';
import { mentioned } from './mentions';
import { entriesOf } from './answers';
import { complain } from '../../app/refusals';
import { t, when } from '../../app/texts.svelte';
import type { Plan } from './plans';

export type Mode = 'reply' | 'note';

/** What is being written in the conversation on the screen. */
class Composing {
  conversation = $state('');
  draft = $state<Draft>({ ...emptyDraft });
  attachments = $state.raw<Attachment[]>([]);
  quoted = $state.raw<Item>();
  editing = $state.raw<Item>();
  /** What stood in the field when editing began. */
  #aside = '';
  #field: HTMLTextAreaElement | undefined;
  /** When it was to be written in before it was there. */
  #wanted = 0;
  /** Files do not survive a reload, but they do survive a look at another conversation. */
  #files = new Map<string, Attachment[]>();
  #typedAt = 0;
  /** What was said last before I began to write this. */
  #begun: number | undefined;

  constructor() {
    outgoing.ontaken = (job) => void this.#lost(job.conversation, job.content, job.attachments, job.problem?.code === 'conversation.answered' ? (job.seen ?? 0) : undefined).catch(complain);
    outgoing.onplanned = (plan) => this.#planned(plan);
    drafts.onkept = (id, version, saved) => this.#kept(id, version, saved);
    document.addEventListener('visibilitychange', () => (document.hidden ? void drafts.flush(this.conversation) : this.look()));
  }

  get mode(): Mode {
    return this.editing ? 'reply' : this.draft.mode;
  }

  get text(): string {
    return this.draft[this.mode];
  }

  set text(text: string) {
    if (!this.draft[this.mode]) this.#begun = current.it?.log.lastSeq;
    this.draft[this.mode] = text;
    this.#keep();
    this.#tellTyping(text);
  }

  get canSend(): boolean {
    return (this.text.trim().length > 0 || (this.attachments.length > 0 && !this.editing)) && !(this.mode === 'reply' && this.draft.mail && wrong(this.draft.mail));
  }

  show(conversation: string) {
    if (conversation === this.conversation) return;
    if (this.editing) this.stopEditing();
    if (this.conversation) this.#files.set(this.conversation, this.attachments);
    this.conversation = conversation;
    this.draft = readDraft(seat.me?.id ?? '', conversation);
    this.look();
    this.attachments = this.#files.get(conversation) ?? [];
    this.quoted = undefined;
    this.#typedAt = 0;
    this.#begun = undefined;
  }

  field(element: HTMLTextAreaElement | undefined) {
    this.#field = element;
    if (element && Date.now() - this.#wanted < 2_000) this.focus();
  }

  /** At once, or as soon as it is there. */
  focus() {
    this.#wanted = this.#field ? 0 : Date.now();
    this.#field?.focus();
  }

  setMode(mode: Mode) {
    if (this.editing) this.stopEditing();
    this.draft.mode = mode;
    this.#keep();
    this.focus();
  }

  quote(item: Item) {
    if (this.editing) this.stopEditing();
    this.quoted = item;
    this.draft.mode = 'reply';
    this.draft.quote = item.seq;
    this.#keep();
    this.focus();
  }

  unquote(keep = true) {
    this.quoted = undefined;
    delete this.draft.quote;
    if (keep) this.#keep();
  }

  edit(item: Item) {
    this.#aside = this.editing ? this.#aside : this.draft.reply;
    this.editing = item;
    this.draft.reply = item.content?.text ?? '';
    this.focus();
  }

  stopEditing() {
    this.editing = undefined;
    this.draft.reply = this.#aside;
    this.#aside = '';
    this.#keep();
  }

  /** Who gets it by mail, and what it is about. */
  addressed(mail: MailDraft) {
    this.draft.mail = mail;
    this.#keep();
  }

  /** True while the caret is in the field. */
  get writing(): boolean {
    return this.#field !== undefined && document.activeElement === this.#field;
  }

  /** Makes something else of the words and of what is chosen of them. */
  reshape(made: (from: { text: string; from: number; to: number }) => { text: string; from: number; to: number }) {
    const field = this.#field;
    if (!field) return;
    const { text, from, to } = made({ text: this.text, from: field.selectionStart, to: field.selectionEnd });
    this.text = text;
    this.draft.format = 'markdown';
    flushSync();
    field.focus();
    field.setSelectionRange(from, to);
  }

  /** Puts text where the caret is. */
  insert(text: string) {
    const field = this.#field;
    const from = field?.selectionStart ?? this.text.length;
    const to = field?.selectionEnd ?? from;
    this.text = this.text.slice(0, from) + text + this.text.slice(to);
    flushSync();
    field?.focus();
    field?.setSelectionRange(from + text.length, from + text.length);
  }

  /** Puts a reply that was written before in the place of what was typed to find it, or where the caret is. */
  async say(reply: Id, from?: number, to?: number) {
    const { conversation } = this;
    try {
      const { text, format, missing } = await replies.rendered(conversation, reply);
      if (conversation !== this.conversation) return;
      if (from !== undefined) this.#field?.setSelectionRange(from, to ?? from);
      this.insert(text);
      this.draft.format = format === 'markdown' ? format : this.draft.format;
      if (missing.length) toast(t('replies.missing', { names: missing.join(', ') }));
    } catch (error) {
      complain(error);
    }
  }

  attach(files: Iterable<File>) {
    if (this.editing) return;
    const added = [...files].map(
      (file): Attachment => ({
        name: file.name || 'image.png',
        mime: file.type || 'application/octet-stream',
        size: file.size,
        blob: file,
        ...(file.type.startsWith('image/') ? { preview: URL.createObjectURL(file) } : {}),
      }),
    );
    this.attachments = [...this.attachments, ...added].slice(0, 10);
    for (const each of added) void this.#measure(each);
    this.focus();
  }

  detach(attachment: Attachment) {
    if (attachment.preview) URL.revokeObjectURL(attachment.preview);
    this.attachments = this.attachments.filter((a) => a !== attachment);
  }

  /** @param due When; absent: now, or after the seconds in which one can think better of it. */
  async send(due?: string) {
    const text = this.text.trim();
    if (!this.canSend) return;
    if (this.editing) return this.#sendEdit(this.editing, text);
    const kind = this.mode === 'note' ? 'note' : 'message';
    const { attachments } = this;
    // Words stay where they are until it was said once that they go over somebody's.
    if (kind === 'message' && !due && slots.over(this.conversation, this.#begun ?? current.it?.seenBefore ?? 0)) return;
    const mentions = kind === 'note' ? mentioned(text, (seat.directory?.agents ?? []).filter((a) => a.active)) : [];
    const teams = kind === 'note' ? mentioned(text, seat.directory?.teams ?? []) : [];
    const type = attachments.length === 0 ? 'text' : attachments.every((a) => /^image\/(?!hei)/.test(a.mime)) ? 'image' : 'file';
    const content = {
      type,
      ...(text ? { text, format: kind === 'message' ? (this.draft.format ?? ('plain' as const)) : ('plain' as const) } : {}),
      ...(kind === 'message' && this.quoted ? { quote: this.quoted.seq } : {}),
      ...(kind === 'message' && this.draft.mail ? { mail: sending(this.draft.mail) } : {}),
      ...(mentions.length ? { mentions } : {}),
      ...(teams.length ? { teams } : {}),
    };
    this.text = '';
    this.attachments = [];
    this.unquote();
    this.#tellTyping('');
    // A note is the exception: the next thing is a reply again, so that nothing is kept from a customer by oversight.
    if (kind === 'note') this.draft.mode = 'reply';
    else {
      delete this.draft.format;
      delete this.draft.mail;
    }
    this.#keep();
    const { holder, mode } = current.it?.summary ?? {};
    // Where both are here words go at once: seconds are long there.
    const undo = kind === 'note' || due || mode === 'live' ? 0 : (seat.me?.undoSeconds ?? 0);
    await outgoing.send(this.conversation, kind, content, attachments, {
      ...(kind === 'message' && holder?.kind !== 'agent' ? { unheld: true as const } : {}),
      ...(kind === 'message' && !due && current.it ? { seen: current.it.log.lastSeq } : {}),
      ...(due ? { due } : undo ? { undo } : {}),
    });
  }

  /** What is not sent yet is written on. */
  async takeBack(conversation: Id, seq: number) {
    try {
      const { files, ...content } = await seat.api.answering.takeBack(conversation, seq);
      this.giveBack(conversation, content, (files ?? []).map(({ url, ...file }) => ({ ...file, ...(url && file.mime.startsWith('image/') ? { preview: url } : {}) })));
    } catch (error) {
      complain(error);
    }
  }

  /** Words that were sent, or about to be, are a draft again, before what was begun meanwhile. */
  giveBack(conversation: Id, content: Omit<Content, 'files'>, attachments: readonly Attachment[]) {
    const who = seat.me?.id ?? '';
    const here = conversation === this.conversation;
    if (here && this.editing) this.stopEditing();
    const draft = here ? this.draft : readDraft(who, conversation);
    draft.reply = [content.text, draft.reply].filter(Boolean).join('\n');
    draft.mode = 'reply';
    if (content.quote) draft.quote = content.quote;
    if (content.mail) draft.mail = fieldsOf(content.mail);
    if (here) this.attachments = [...attachments, ...this.attachments].slice(0, 10);
    else this.#files.set(conversation, [...attachments, ...(this.#files.get(conversation) ?? [])].slice(0, 10));
    draft.saved = false;
    if (here) this.#begun ??= current.it?.log.lastSeq;
    keepDraft(who, conversation, here ? $state.snapshot(draft) : draft);
    drafts.write(conversation, wordsOf(draft));
    if (here) this.focus();
  }

  #planned({ conversation, seq, at, due, undo, content }: Plan) {
    const wait = Date.parse(due!) - Date.parse(at);
    const action = { name: t('undo'), undoes: true, perform: () => void this.takeBack(conversation, seq) };
    toast(undo ? t('done.sent') : t('done.planned', { time: when.moment(due!) }), { action, ...(undo ? { ms: wait } : {}) });
    // Whoever goes on to the next conversation does not see what becomes of this one.
    if (undo) setTimeout(() => void this.#look(conversation, seq, content!).catch(() => undefined), wait + 1_500);
  }

  async #look(conversation: Id, seq: number, { files: _, ...content }: Content) {
    const { items } = await seat.api.timeline(conversation, { after: seq, limit: 100 });
    if (items.some((entry) => entry.type === 'unscheduled' && entry.of === seq && (entry.cause === 'taken' || entry.cause === 'answered'))) await this.#lost(conversation, content, [], items.some((entry) => entry.type === 'unscheduled' && entry.of === seq && entry.cause === 'answered') ? seq : undefined);
  }

  /** Another was faster: the words are a draft again, and whoever wrote them reads who it was. */
  async #lost(conversation: Id, content: Omit<Content, 'files'>, attachments: readonly Attachment[], answeredAfter?: number) {
    this.giveBack(conversation, content, attachments);
    if (answeredAfter !== undefined) {
      // The next press sends it, whoever answered meanwhile.
      if (conversation === this.conversation) this.#begun = answeredAfter;
      toast(t('failed.answered'));
      return;
    }

    const { holder } = await seat.api.conversation(conversation);
    toast(t('offer.taken', { name: seat.agent(holder.id)?.name ?? '–' }));
  }

  async #sendEdit(item: Item, text: string) {
    const it = current.it;
    this.stopEditing();
    if (!it || text === item.content?.text) return;
    try {
      it.add(entriesOf(await seat.api.edit(it.id, item.seq, { clientId: uuid7(), content: { type: 'text', text, format: 'plain' } })));
    } catch (error) {
      // The new words are not lost: they are in the field again.
      this.edit(item);
      this.draft.reply = text;
      complain(error);
    }
  }

  /** The size an image will take, so that nobody's screen jumps when it arrives. */
  async #measure(attachment: Attachment) {
    if (!attachment.preview) return;
    const image = new Image();
    image.src = attachment.preview;
    try {
      await image.decode();
      attachment.width = image.naturalWidth;
      attachment.height = image.naturalHeight;
    } catch {
      // Called an image but none that this browser can draw: it goes as a file.
      delete attachment.preview;
      this.attachments = [...this.attachments];
    }
  }

  #keep() {
    if (!this.conversation || !seat.me) return;
    this.draft.saved = false;
    const draft = { ...$state.snapshot(this.draft), ...(this.editing ? { reply: this.#aside } : {}) };
    keepDraft(seat.me.id, this.conversation, draft);
    drafts.write(this.conversation, wordsOf(draft));
  }

  /** What was written on another device goes on here. */
  look() {
    const { conversation } = this;
    if (!conversation || !seat.me || this.editing) return;
    const draft = $state.snapshot(this.draft);
    const empty = !draft.reply && !draft.note && draft.quote === undefined && !draft.mail;
    drafts.look(conversation, wordsOf(draft), draft.version ?? 0, draft.saved ?? empty).then(
      (words) => words && this.#goOn(conversation, words),
      // Without the server the words are here all the same.
      () => undefined,
    );
  }

  /** Of two windows' words these are meant, or those of the other. */
  choose(mine: boolean) {
    if (mine) drafts.keep(this.conversation);
    else {
      const words = drafts.take(this.conversation);
      if (words) this.#goOn(this.conversation, words);
    }
    this.focus();
  }

  #goOn(conversation: Id, { reply, note, mode, quote, mail }: DraftWords) {
    if (conversation !== this.conversation || this.editing) return;
    this.draft = { ...$state.snapshot(this.draft), reply, note, mode };
    if (mail) this.draft.mail = mail;
    else delete this.draft.mail;
    if (quote) this.draft.quote = quote;
    else this.unquote(false);
    keepDraft(seat.me?.id ?? '', conversation, $state.snapshot(this.draft));
  }

  #kept(conversation: Id, version: number, saved: boolean) {
    const who = seat.me?.id ?? '';
    if (conversation === this.conversation) Object.assign(this.draft, { version, saved });
    if (!this.editing || conversation !== this.conversation) keepDraft(who, conversation, { ...(conversation === this.conversation ? $state.snapshot(this.draft) : readDraft(who, conversation)), version, saved });
  }

  /** The customer sees that one writes, never what: said anew every three seconds, and taken back when the field is empty. */
  #tellTyping(text: string) {
    if (this.editing) return;
    // Of a note colleagues alone are told.
    const note = this.mode === 'note' ? { note: true as const } : {};
    const now = Date.now();
    if (!text) {
      if (this.#typedAt) seat.stream?.say({ type: 'typing', conversation: this.conversation, on: false, ...note });
      this.#typedAt = 0;
    } else if (now - this.#typedAt > 3_000) {
      this.#typedAt = now;
      seat.stream?.say({ type: 'typing', conversation: this.conversation, on: true, ...note });
    }
  }
}

const wordsOf = ({ reply, note, mode, quote, mail }: Draft): DraftWords => ({ reply, note, mode, ...(quote ? { quote } : {}), ...(mail ? { mail } : {}) });

export const composing = new Composing();
