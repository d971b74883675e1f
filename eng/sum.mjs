// Sums up the reports of all runners: usage: node eng/sum.mjs DIR BROKEN-STEPS. Names what failed and what was skipped.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, broken] = process.argv.slice(2);
const sum = { passed: 0, failed: Number(broken), skipped: 0 };
const named = { failed: [], skipped: [] };
const plain = (text) => text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

for (const file of readdirSync(folder)) {
  const text = readFileSync(join(folder, file), 'utf8');
  if (file.endsWith('.trx')) {
    for (const [tag] of text.matchAll(/<UnitTestResult [^>]*>/g)) {
      const name = plain(/testName="([^"]*)"/.exec(tag)?.[1] ?? '?');
      const outcome = /outcome="([^"]*)"/.exec(tag)?.[1];
      const kind = outcome === 'Passed' ? 'passed' : outcome === 'NotExecuted' ? 'skipped' : 'failed';
      sum[kind]++;
      named[kind]?.push(name);
    }
    // A runner that died on the way says so here, not in a test's result.
    if (/<ResultSummary outcome="(?!Completed|Failed)/.test(text) || /<RunInfo[^>]*outcome="Error"[^>]*>[\s\S]*?(crash|abort|hang)/i.test(text)) {
      sum.failed++;
      named.failed.push(`${file}: the run was cut short`);
    }
  } else if (file === 'vitest.json') {
    const report = JSON.parse(text);
    sum.passed += report.numPassedTests;
    sum.failed += report.numFailedTests;
    sum.skipped += report.numPendingTests + (report.numTodoTests ?? 0);
    for (const suite of report.testResults) {
      if (suite.status === 'failed' && suite.assertionResults.length === 0) {
        sum.failed++;
        named.failed.push(suite.name);
      }
      for (const test of suite.assertionResults) if (test.status === 'failed') named.failed.push(test.fullName);
      for (const test of suite.assertionResults) if (test.status !== 'failed' && test.status !== 'passed') named.skipped.push(test.fullName);
    }
  }
}
for (const name of named.skipped) console.log(`skipped: ${name}`);
for (const name of named.failed) console.log(`FAILED: ${name}`);
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exit(sum.failed > 0 || sum.passed === 0 ? 1 : 0);
