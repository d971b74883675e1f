import { expect, test } from 'vitest';
import { Looking, type Sight } from './looking';

function scene() {
  let now = 0;
  const sight: Sight = { conversation: 'cnv_1', visible: true, focused: true };
  const said: string[] = [];
  const it = new Looking(() => now, () => sight, ({ conversation, how }) => said.push(conversation ? `${conversation} ${how}` : 'nothing'));
  const pass = (ms: number) => (now += ms);
  return { it, sight, said, pass };
}

test('what changes is said at once, and the same only once', () => {
  const { it, sight, said } = scene();
  it.changed();
  it.changed();
  sight.focused = false;
  it.changed();
  sight.visible = false;
  it.changed();
  expect(said).toEqual(['cnv_1 input', 'cnv_1 open', 'nothing']);
  it.changed(true);
  expect(said.at(-1)).toBe('nothing');
});

test('input is said every fifteen seconds while there is any, and that there is none', () => {
  const { it, said, pass } = scene();
  it.changed();
  it.sign();
  it.sign();
  expect(said).toEqual(['cnv_1 input']);
  pass(15_000);
  it.tick();
  pass(15_000);
  it.tick();
  pass(20_000);
  it.sign();
  expect(said).toEqual(['cnv_1 input', 'cnv_1 input', 'cnv_1 focus', 'cnv_1 input']);
});

test('where nothing is on the screen nothing is said of it', () => {
  const { it, sight, said } = scene();
  sight.conversation = undefined;
  it.tick();
  it.changed();
  it.sign();
  expect(said).toEqual(['nothing']);
});
