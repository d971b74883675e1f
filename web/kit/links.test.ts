import { expect, it } from 'vitest';
import { segments } from './links';

const links = (text: string) => segments(text).flatMap((s) => (s.kind === 'link' ? [[s.text, s.href]] : []));

it('finds addresses and leaves the sentence’s punctuation alone', () => {
  expect(links('See https://lighthouse.test/a?b=1, or (www.example.org/x_(y)).')).toEqual([
    ['https://lighthouse.test/a?b=1', 'https://lighthouse.test/a?b=1'],
    ['www.example.org/x_(y)', 'https://www.example.org/x_(y)'],
  ]);
  expect(links('Write to ana@lighthouse.test!')).toEqual([['ana@lighthouse.test', 'mailto:ana@lighthouse.test']]);
});

it('never links what could run', () => {
  expect(links('javascript:alert(1) data:text/html,x file.txt e.g. http://')).toEqual([]);
});

it('loses no character of the text', () => {
  const text = '<b>hi</b> https://x.test/<script> \n a@b.cd & "https://q.test/"…';
  expect(segments(text).map((s) => s.text).join('')).toBe(text);
});

it('takes long text in linear time', () => {
  const started = performance.now();
  segments('a.'.repeat(50_000) + '@' + '((((('.repeat(10_000) + 'https://x.test/' + ')'.repeat(40_000));
  expect(performance.now() - started).toBeLessThan(1000);
});
