/** What the page reads of an OpenAPI description, and what it makes of it. */

export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  const?: unknown;
  enum?: unknown[];
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  items?: Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
}

interface Written {
  operationId?: string;
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: { name: string; in: string; required?: boolean; schema?: Schema }[];
  requestBody?: { content: Record<string, { schema?: Schema }> };
  responses: Record<string, { description?: string; content?: Record<string, { schema?: Schema }> }>;
}

export interface Description {
  info: { title: string; version: string; description?: string };
  paths: Record<string, Record<string, Written>>;
  components?: { schemas?: Record<string, Schema> };
}

export interface Operation {
  id: string;
  method: string;
  path: string;
  summary: string;
  who: string;
  parameters: { name: string; in: string; required: boolean; type: string }[];
  body?: { mime: string; schema?: Schema | undefined } | undefined;
  status: string;
  answer?: Schema | undefined;
}

export interface Group {
  name: string;
  operations: Operation[];
}

/** A field of a shape, as a line: how deep it stands, and what it is. */
export interface Line {
  name: string;
  type: string;
  required: boolean;
  text?: string | undefined;
  depth: number;
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];

/** The operations by what they are about; what programs use most comes first. */
const first = ['Conversations', 'Inbox', 'Contacts', 'Exchange', 'Files', 'Widget'];

export function groups(description: Description): Group[] {
  const found = new Map<string, Operation[]>();
  for (const [path, of] of Object.entries(description.paths)) {
    for (const method of methods.filter((method) => of[method])) {
      const operation = read(description, method, path, of[method]!);
      const name = of[method]!.tags?.[0] ?? 'Other';
      found.set(name, [...(found.get(name) ?? []), operation]);
    }
  }
  const place = (name: string) => (first.includes(name) ? first.indexOf(name) : first.length);
  return [...found].map(([name, operations]) => ({ name, operations })).sort((a, b) => place(a.name) - place(b.name) || a.name.localeCompare(b.name));
}

function read(description: Description, method: string, path: string, written: Written): Operation {
  const sent = Object.entries(written.requestBody?.content ?? {});
  const [mime, content] = sent.find(([type]) => type !== 'application/json') ?? sent[0] ?? [];
  const [status, answer] = Object.entries(written.responses).find(([code]) => code !== 'default') ?? ['200', {}];
  return {
    id: written.operationId ?? `${method}${path}`,
    method: method.toUpperCase(),
    path,
    summary: written.summary ?? '',
    who: written.description ?? '',
    parameters: (written.parameters ?? []).map((one) => ({ name: one.name, in: one.in, required: !!one.required, type: typeOf(description, one.schema ?? {}) })),
    // A file travels as a form, whatever the description calls it.
    body: mime ? { mime: content?.schema?.format === 'binary' ? 'multipart/form-data' : mime, schema: content?.schema } : undefined,
    status,
    answer: Object.values(answer.content ?? {})[0]?.schema,
  };
}

/** Every word that was typed stands in its method, address or sentence. */
export function matches(operation: Operation, group: string, typed: string): boolean {
  const text = `${operation.method} ${operation.path} ${operation.summary} ${group}`.toLowerCase();
  return typed.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

/** What a name stands for, with all that it is put together from; and the name. */
export function resolve(description: Description, schema: Schema): { schema: Schema; name?: string | undefined } {
  if (schema.$ref) {
    const name = schema.$ref.split('/').pop()!;
    return { name, schema: resolve(description, description.components?.schemas?.[name] ?? {}).schema };
  }
  const alternatives = (schema.oneOf ?? schema.anyOf)?.filter((one) => one.type !== 'null');
  if (alternatives?.length === 1) return resolve(description, alternatives[0]!);
  if (!schema.allOf) return { schema };
  const parts = schema.allOf.map((part) => resolve(description, part).schema);
  return { schema: { type: 'object', properties: Object.assign({}, ...parts.map((part) => part.properties)) as Record<string, Schema>, required: parts.flatMap((part) => part.required ?? []) } };
}

export function typeOf(description: Description, given: Schema): string {
  const { schema, name } = resolve(description, given);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map(String).join(' | ');
  if (schema.oneOf || schema.anyOf) return name ?? (schema.oneOf ?? schema.anyOf)!.map((one) => typeOf(description, one)).join(' | ');
  const type = [schema.type ?? 'any'].flat().filter((one) => one !== 'null')[0];
  if (type === 'array') return `${typeOf(description, schema.items ?? {})}[]`;
  if (type === 'object' || schema.properties) return name ?? (schema.properties ? 'object' : 'map');
  return schema.format && type === 'string' ? schema.format : `${type}`;
}

/** The fields of a shape and of what stands in it, three deep; a shape within itself is named, not repeated. */
export function lines(description: Description, given: Schema, depth = 0, above: readonly string[] = []): Line[] {
  const { schema, name } = resolve(description, given);
  if (schema.type === 'array' && schema.items) return lines(description, schema.items, depth, above);
  if (!schema.properties || depth > 2 || (name && above.includes(name))) return [];
  return Object.entries(schema.properties).flatMap(([field, of]) => [
    { name: field, type: typeOf(description, of), required: !!schema.required?.includes(field), text: of.description ?? (of.$ref ? undefined : resolve(description, of).schema.description), depth },
    ...lines(description, of, depth + 1, name ? [...above, name] : above),
  ]);
}

const known: Record<string, unknown> = {
  text: 'It does. The hood turns with your head.', name: 'Noor', email: 'noor@example.org', password: 'correct horse battery', seq: 7, of: 7, label: 'sizing', emoji: '👍', language: 'en', clientId: '0192f0c4a1',
  title: 'Lighthouse', url: 'https://shop.example.org/', color: '#14567a', limit: 50, cursor: 'eyJ…', next: 'eyJ…', on: 'customer', code: 'conversation.ended', type: 'text', agent: 'agt_…', team: 'tea_…', inbox: 'inb_…', id: '…',
};

/** What a body of this shape looks like: what must be there, and the words that one writes first. */
export function example(description: Description, given: Schema, name = '', depth = 0, all = false): unknown {
  const { schema } = resolve(description, given);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const one = schema.oneOf ?? schema.anyOf;
  // Of many kinds of entry a message is the one that everybody knows.
  if (one) return example(description, one.find((kind) => kind.$ref?.endsWith('/MessageEntry')) ?? one[0]!, name, depth, all);
  const type = [schema.type ?? (schema.properties ? 'object' : 'string')].flat().filter((one) => one !== 'null')[0];
  if (type === 'object') {
    if (!schema.properties || depth > 3) return {};
    const shown = Object.entries(schema.properties).filter(([field]) => all ? depth < 2 : schema.required?.includes(field) || field === 'text' || (field === 'type' && 'text' in schema.properties!));
    return Object.fromEntries((shown.length > 0 || depth > 0 ? shown : Object.entries(schema.properties).slice(0, 3)).map(([field, of]) => [field, example(description, of, field, depth + 1, all)]));
  }
  if (type === 'array') return depth > 3 ? [] : [example(description, schema.items ?? {}, name.replace(/s$/, ''), depth + 1, all)];
  if (type === 'integer' || type === 'number') return known[name] ?? 1;
  if (type === 'boolean') return true;
  if (schema.format === 'date-time') return '2026-03-02T09:30:00.000Z';
  return known[name] ?? '…';
}

/** The same by hand, in a terminal. */
export function curl(operation: Operation, address: string, body: string | undefined): string {
  const open = operation.path.startsWith('/v1/widget/inboxes') || operation.path === '/v1/session' || operation.path === '/v1/widget/sessions';
  return [
    `curl${operation.method === 'GET' ? '' : ` -X ${operation.method}`} ${address}${operation.path.replace(/\{(\w+)\}/g, '$$$1')}`,
    ...(open ? [] : [`-H "Authorization: Bearer $TOKEN"`]),
    ...(body && operation.body?.mime === 'application/json' ? [`-H "Content-Type: application/json"`, `-d '${body.replaceAll("'", "'\\''")}'`] : []),
  ].join(' \\\n  ');
}
