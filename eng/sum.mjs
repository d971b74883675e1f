// Sums up the reports of all runners: usage: node eng/sum.mjs DIR BROKEN-STEPS. Names what failed, with the first lines of what it says, and what was skipped.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { report } from './trx.mjs';

const [folder, broken] = process.argv.slice(2);
const sum = { passed: 0, failed: Number(broken), skipped: 0 };
const named = { failed: [], skipped: [] };
const runs = new Map();
const said = new Map();
const lines = 15;
const longest = 400;

/** What a test that failed says, once: the rest of it, and what it wrote, stands in its report. */
function tell(name) {
  for (const message of new Set(said.get(name) ?? [])) {
    for (const line of message.split('\n').filter((line) => line.trim() !== '').slice(0, lines)) console.log(`    ${line.slice(0, longest).trimEnd()}`);
  }
  said.delete(name);
}

for (const file of readdirSync(folder).sort((a, b) => a.includes('.again.') - b.includes('.again.'))) {
  if (file.endsWith('.trx')) {
    const { tests, cut } = report(join(folder, file));
    const again = file.includes('.again.');
    for (const { name, kind, message } of tests) {
      if (message) said.set(name, [...(said.get(name) ?? []), message]);
      // Cases of one theory may bear the same name; a second run takes the place of a first that failed, and of nothing else.
      if (!again) runs.set(name, [...(runs.get(name) ?? []), kind]);
      else if (runs.get(name)?.includes('failed') && kind === 'passed') {
        runs.set(name, runs.get(name).map(() => 'passed'));
        console.log(`UNSTEADY: ${name} failed, then passed`);
        tell(name);
      }
    }
    if (cut) {
      sum.failed++;
      named.failed.push(`${file}: the run was cut short`);
    }
  } else if (file === 'vitest.json') {
    const vitest = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    sum.passed += vitest.numPassedTests;
    sum.failed += vitest.numFailedTests;
    sum.skipped += vitest.numPendingTests + (vitest.numTodoTests ?? 0);
    for (const suite of vitest.testResults) {
      if (suite.status === 'failed' && suite.assertionResults.length === 0) {
        sum.failed++;
        named.failed.push(suite.name);
      }
      for (const test of suite.assertionResults.filter((test) => test.status === 'failed')) {
        named.failed.push(test.fullName);
        said.set(test.fullName, test.failureMessages ?? []);
      }
      for (const test of suite.assertionResults) if (test.status !== 'failed' && test.status !== 'passed') named.skipped.push(test.fullName);
    }
  }
}
for (const [name, kinds] of runs) {
  for (const kind of kinds) {
    sum[kind]++;
    named[kind]?.push(name);
  }
}
for (const name of named.skipped) console.log(`skipped: ${name}`);
for (const name of named.failed) {
  console.log(`FAILED: ${name}`);
  tell(name);
}
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exit(sum.failed > 0 || sum.passed === 0 ? 1 : 0);
