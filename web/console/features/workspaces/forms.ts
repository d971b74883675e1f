import { localText, type Field, type FieldType, type Form, type LocalText } from '$client';

/** Texts by language, as they are typed. */
export type Typed = Record<string, string>;

export interface DraftOption {
  id: string;
  label: Typed;
}

/** A field as it stands in the editor; `id` is only for telling it from the others. */
export interface DraftField {
  id: string;
  /** Under which its value is sent: made from the label unless it was given. */
  name: string;
  type: FieldType;
  label: Typed;
  hint: Typed;
  required: boolean;
  min: string;
  max: string;
  maxLength: string;
  options: DraftOption[];
}

export interface DraftForm {
  id: string;
  name: string;
  title: Typed;
  submit: Typed;
  fields: DraftField[];
}

export const types: FieldType[] = ['text', 'longText', 'email', 'phone', 'number', 'date', 'choice', 'choices', 'consent'];

/** Names that say something of the person, and the kind that each must be. */
export const known: Partial<Record<string, FieldType>> = { name: 'text', email: 'email', phone: 'phone' };

let last = 0;
const newId = () => `f${++last}`;

export const newOption = (): DraftOption => ({ id: newId(), label: {} });

export function newField(type: FieldType, name = '', label: Typed = {}): DraftField {
  return { id: newId(), name, type, label, hint: {}, required: true, min: '', max: '', maxLength: '', options: type === 'choice' || type === 'choices' ? [newOption(), newOption()] : [] };
}

export function newForm(taken: readonly string[]): DraftForm {
  return { id: free('form', taken), name: '', title: {}, submit: {}, fields: [] };
}

/** `first`: the language of a text that was given without any. */
export function opened(form: Form, first: string): DraftForm {
  const typed = (text: LocalText | undefined): Typed => (text === undefined ? {} : typeof text === 'string' ? { [first]: text } : { ...text });
  return {
    id: form.id ?? '', name: form.name ?? '', title: typed(form.title), submit: typed(form.submit),
    fields: (form.fields ?? []).map((field) => ({
      id: newId(), name: field.name, type: field.type, label: typed(field.label), hint: typed(field.hint), required: field.required ?? false,
      min: number(field.min), max: number(field.max), maxLength: number(field.maxLength), options: (field.options ?? []).map((option) => ({ id: option.id, label: typed(option.label) })),
    })),
  };
}

/** What is kept: nothing of what is empty, and only what the kind of each field has. */
export function kept(draft: DraftForm, languages: readonly string[]): Form & { id: string; name: string; fields: Field[] } {
  const names: string[] = [];
  const fields = draft.fields.map((field): Field => {
    const name = field.name || free(slug(localText(said(field.label), languages)) || 'field', [...names, ...draft.fields.map((other) => other.name), ...Object.keys(known), 'id']);
    names.push(name);
    const chooses = field.type === 'choice' || field.type === 'choices';
    return {
      name, type: field.type, label: said(field.label) ?? '', ...some('hint', said(field.hint)), ...(field.required ? { required: true } : {}),
      ...(field.type === 'number' ? { ...some('min', limit(field.min)), ...some('max', limit(field.max)) } : {}),
      ...(/^(text|longText)$/.test(field.type) ? some('maxLength', limit(field.maxLength)) : {}),
      ...(chooses ? { options: field.options.map((option) => ({ id: option.id, label: said(option.label) ?? '' })) } : {}),
    };
  });
  return { id: draft.id, name: draft.name.trim(), ...some('title', said(draft.title)), ...some('submit', said(draft.submit)), fields };
}

/** Nothing is missing: it has a name and fields, each with its words. */
export function whole(draft: DraftForm): boolean {
  const spoken = (text: Typed) => Object.values(text).some((words) => words.trim());
  return draft.name.trim() !== '' && draft.fields.length > 0 && draft.fields.every((field) =>
    spoken(field.label) && (!/^choices?$/.test(field.type) || (field.options.length > 0 && field.options.every((option) => spoken(option.label)))));
}

/** The languages in the order of the inbox, without those that say nothing. */
function said(text: Typed): LocalText | undefined {
  const words = Object.entries(text).map(([language, value]) => [language, value.trim()] as const).filter(([, value]) => value);
  return words.length ? Object.fromEntries(words) : undefined;
}

function some<K extends string, V>(key: K, value: V | undefined): { [k in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [k in K]?: V });
}

const number = (value: number | undefined): string => (value === undefined ? '' : String(value));

function limit(text: string): number | undefined {
  const value = Number(text.replace(',', '.'));
  return text.trim() && Number.isFinite(value) ? value : undefined;
}

function slug(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+|-+$/g, '').slice(0, 40);
}

function free(wanted: string, taken: readonly string[]): string {
  let name = wanted;
  for (let n = 2; taken.includes(name); n++) name = `${wanted}-${n}`;
  return name;
}
