import { localText } from './answers';
import type { Field, Form, FormValue } from './types';

export type FormValues = Record<string, FormValue>;

/** The same codes as the server's, so that what is wrong is said in the same words whoever finds it. */
export type FlawCode = 'required' | 'email' | 'phone' | 'number' | 'date' | 'tooLong' | 'tooSmall' | 'tooLarge' | 'choice' | 'unknown';

const longest = 5_000;

/** What is wrong with what was filled in, in the order of the form. The server has the last word. */
export function flaws(form: Form, values: FormValues): { field: string; code: FlawCode }[] {
  return (form.fields ?? []).flatMap((field) => {
    const code = flaw(field, values[field.name]);
    return code ? [{ field: field.name, code }] : [];
  });
}

/** What is sent: nothing for what was left empty. */
export function filled(form: Form, values: FormValues): FormValues {
  const kept = (form.fields ?? []).map(({ name }) => [name, tidy(values[name])] as const).filter(([, value]) => !isEmpty(value));
  return Object.fromEntries(kept) as FormValues;
}

/** What was filled in, line by line, as everybody reads it who cannot see a form. */
export function written(form: Form, values: FormValues, languages: readonly string[], yes: string): [label: string, value: string][] {
  return (form.fields ?? [])
    .filter(({ name }) => !isEmpty(values[name]))
    .map((field) => [localText(field.label, languages), spelled(field, values[field.name]!, languages, yes)]);
}

function flaw(field: Field, given: FormValue | undefined): FlawCode | undefined {
  const value = tidy(given);
  if (isEmpty(value)) return field.required ? 'required' : undefined;
  switch (field.type) {
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value)) return 'number';
      return field.min !== undefined && value < field.min ? 'tooSmall' : field.max !== undefined && value > field.max ? 'tooLarge' : undefined;
    case 'choice':
      return field.options?.some((option) => option.id === value) ? undefined : 'choice';
    case 'choices':
      return Array.isArray(value) && value.every((id) => field.options?.some((option) => option.id === id)) ? undefined : 'choice';
    case 'consent':
      return undefined;
    default:
      return typed(field, String(value));
  }
}

function typed(field: Field, text: string): FlawCode | undefined {
  if (text.length > (field.maxLength ?? longest)) return 'tooLong';
  if (field.type === 'email') return /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text) ? undefined : 'email';
  if (field.type === 'phone') return /^\+?[\d\s()./-]+$/.test(text) && text.replace(/\D/g, '').length >= 5 ? undefined : 'phone';
  if (field.type === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? undefined : 'date';
  return undefined;
}

function spelled(field: Field, value: FormValue, languages: readonly string[], yes: string): string {
  if (typeof value === 'boolean') return yes;
  const name = (id: string) => localText(field.options?.find((option) => option.id === id)?.label, languages) || id;
  if (Array.isArray(value)) return value.map(name).join(', ');
  return field.type === 'choice' ? name(String(value)) : String(value);
}

const tidy = (value: FormValue | undefined) => (typeof value === 'string' ? value.trim() : value);

/** A box that is not ticked is as empty as a line without a word. */
const isEmpty = (value: FormValue | undefined) => value === undefined || value === '' || value === false || (Array.isArray(value) && value.length === 0);
