// Reads a report of dotnet test: what each test came to, and whether the run itself was cut short.
import { readFileSync } from 'node:fs';

const plain = (text) => text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

export function report(file) {
  const text = readFileSync(file, 'utf8');
  const tests = [...text.matchAll(/<UnitTestResult [^>]*>/g)].map(([tag]) => {
    const outcome = /outcome="([^"]*)"/.exec(tag)?.[1];
    return { name: plain(/testName="([^"]*)"/.exec(tag)?.[1] ?? '?'), kind: outcome === 'Passed' ? 'passed' : outcome === 'NotExecuted' ? 'skipped' : 'failed' };
  });
  // A runner that died on the way says so here, not in a test's result.
  const cut = /<ResultSummary outcome="(?!Completed|Failed)/.test(text) || /<RunInfo[^>]*outcome="Error"[^>]*>\s*<Text>[^<]*\b(crash|abort|hang)/i.test(text);
  return { tests, cut };
}
