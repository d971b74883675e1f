import { expect, test } from 'vitest';
import { formatted, type Format } from './formatting';

/** What is chosen stands between two bars. */
const read = (text: string) => ({ text: text.replaceAll('|', ''), from: text.indexOf('|'), to: text.lastIndexOf('|') - (text.split('|').length === 3 ? 1 : 0) });
const shown = ({ text, from, to }: { text: string; from: number; to: number }) => text.slice(0, from) + '|' + text.slice(from, to) + '|' + text.slice(to);

test.each<[Format, string, string]>([
  ['bold', 'Take |this| one', 'Take **|this|** one'],
  ['bold', 'Take **|this|** one', 'Take |this| one'],
  ['bold', 'Take **this||**', 'Take **this**||'],
  ['italic', '||', '_||_'],
  ['list', 'Take\n|one\ntwo|\nand go', 'Take\n|- one\n- two|\nand go'],
  ['list', '|- one\n- two|', '|one\ntwo|'],
  ['numbered', '|one\ntwo|', '|1. one\n2. two|'],
  ['quote', 'say|s|', '|> says|'],
  ['link', 'See |here|.', 'See [here](https://||).'],
  ['link', '|https://shop.example|', '[||](https://shop.example)'],
])('%s: %s', (as, text, made) => expect(shown(formatted(read(text), as))).toBe(made));
