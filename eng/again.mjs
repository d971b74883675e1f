// Prints the filter that runs what failed once more: usage: node eng/again.mjs REPORT.trx. Ends with 1 where nothing failed, so much that it is no accident,
// or something of which one failure in a hundred is the news: that nothing is lost, doubled or told to the wrong person.
import { existsSync } from 'node:fs';
import { report } from './trx.mjs';

const most = 3;
const file = process.argv[2];
const { tests, cut } = existsSync(file) ? report(file) : { tests: [], cut: true };
const failed = [...new Set(tests.filter((test) => test.kind === 'failed').map((test) => test.name.replace(/\(.*/s, '')))];
const grave = /\.(Chaos|Killing|Simulation|Log|Store|Nodes|Buses|Rebuilding)\./;
if (cut || failed.some((name) => grave.test(name)) || failed.length === 0 || failed.length > most) process.exit(1);
console.log(failed.map((name) => `FullyQualifiedName=${name}`).join('|'));
