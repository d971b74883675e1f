// usage: node eng/fetch.mjs ADDRESS FILE     keeps JSON in a form that differs only where its meaning does.
import { writeFileSync } from 'node:fs';

const answer = await fetch(process.argv[2]);
if (!answer.ok) throw new Error(`${process.argv[2]} answered ${answer.status}.`);
writeFileSync(process.argv[3], JSON.stringify(await answer.json(), null, 1) + '\n');
