// Reads a report of dotnet test: what each test came to, what those that failed say, and whether the run itself was cut short.
import { readFileSync } from 'node:fs';

const plain = (text) =>
  text.replace(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCodePoint(parseInt(code, 16))).replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

export function report(file) {
  const text = readFileSync(file, 'utf8');
  const tests = [...text.matchAll(/<UnitTestResult [^>]*>/g)].map(({ 0: tag, index }) => {
    const outcome = /outcome="([^"]*)"/.exec(tag)?.[1];
    const kind = outcome === 'Passed' ? 'passed' : outcome === 'NotExecuted' ? 'skipped' : 'failed';
    const rest = kind === 'failed' && !tag.endsWith('/>') ? text.slice(index, text.indexOf('</UnitTestResult>', index)) : '';
    return { name: plain(/testName="([^"]*)"/.exec(tag)?.[1] ?? '?'), kind, message: plain(/<Message>([\s\S]*?)<\/Message>/.exec(rest)?.[1] ?? '') };
  });
  // A runner that died on the way says so here, not in a test's result.
  const cut = /<ResultSummary outcome="(?!Completed|Failed)/.test(text) || /<RunInfo[^>]*outcome="Error"[^>]*>\s*<Text>[^<]*\b(crash|abort|hang)/i.test(text);
  return { tests, cut };
}
