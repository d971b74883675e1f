import { describe, expect, test } from 'vitest';
import written from '../contract/openapi.json';
import { curl, example, groups, lines, matches, typeOf, type Description } from './openapi';

const description = written as unknown as Description;
const all = groups(description).flatMap((group) => group.operations);
const of = (method: string, path: string) => all.find((one) => one.method === method && one.path === path)!;

describe('what the server says of itself', () => {
  test('every operation is there, in a group, under a name of its own', () => {
    const calls = Object.values(description.paths).flatMap((path) => Object.keys(path).filter((key) => key !== 'parameters'));
    expect(all).toHaveLength(calls.length);
    expect(new Set(all.map((one) => one.id)).size).toBe(all.length);
    expect(groups(description)[0]!.name).toBe('Conversations');
  });

  test('each can be drawn: its shapes, a body to begin with, a line for the terminal', () => {
    for (const operation of all) {
      const body = operation.body?.schema;
      if (body && operation.body!.mime === 'application/json') {
        expect(lines(description, body).length, operation.id).toBeGreaterThan(0);
        expect(JSON.stringify(example(description, body)), operation.id).not.toBe('{}');
      }
      if (operation.answer) expect(JSON.stringify(example(description, operation.answer, '', 0, true)), operation.id).toMatch(/^[{[]/);
      if (operation.answer) expect(typeOf(description, operation.answer), operation.id).not.toBe('any');
      expect(curl(operation, 'http://127.0.0.1:5080', undefined)).not.toContain('{');
    }
  });

  test('a message to send begins with what must be in it', () => {
    const post = of('POST', '/v1/conversations/{id}/messages');
    expect(example(description, post.body!.schema!)).toMatchObject({ content: { type: 'text', text: expect.any(String) as string } });
    expect(lines(description, post.body!.schema!).find((line) => line.name === 'text')?.depth).toBe(1);
    expect(curl(post, 'http://127.0.0.1:5080', '{"it\'s":1}')).toContain(`-d '{"it'\\''s":1}'`);
  });

  test('is found by every word that was typed, in any order', () => {
    const snooze = of('PUT', '/v1/conversations/{id}/snooze');
    expect(matches(snooze, 'Conversations', 'snooze put')).toBe(true);
    expect(matches(snooze, 'Conversations', 'snooze delete')).toBe(false);
    expect(matches(snooze, 'Conversations', '')).toBe(true);
  });

  test('a shape within itself is named, and does not go on for ever', () => {
    const own: Description = { ...description, components: { schemas: { Node: { type: 'object', properties: { next: { $ref: '#/components/schemas/Node' } } } } } };
    expect(lines(own, { $ref: '#/components/schemas/Node' }).map((line) => line.name)).toEqual(['next']);
    expect(example(own, { $ref: '#/components/schemas/Node' })).toBeTypeOf('object');
  });
});
