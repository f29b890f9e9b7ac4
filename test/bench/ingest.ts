/** How long ingest takes, and that it may be killed at any moment: `npm run bench:ingest`. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { killedIngest } from '../fixtures/killed-ingest.ts';
import { knowledgeContent } from '../fixtures/knowledge-content.ts';
import { runSitrep, temporaryFolder } from '../fixtures/product.ts';
import { writePages } from '../fixtures/written-pages.ts';
import { printTable } from './statistics.ts';

const PAGES = 1_000;
/** Each ingest goes on where the last one ended; what was read stays read, what was embedded stays embedded. */
const KILLS = [
  ...[1, 2, 4, 6, 8, 9].map((step) => ({ phase: 'reading' as const, step })),
  ...[1, 2, 1, 1].map((step) => ({ phase: 'embedding' as const, step })),
];

const rows = [['what', 'seconds', 'said']];

async function ingest(cwd: string, what: string): Promise<void> {
  const started = performance.now();
  const { stdout, stderr, code } = await runSitrep(['knowledge', 'ingest', '../pages'], { cwd });
  const seconds = (performance.now() - started) / 1000;
  if (code !== 0) throw new Error(stderr);
  rows.push([what, seconds.toFixed(1), stdout.trim()]);
}

const folder = temporaryFolder();
try {
  writePages(join(folder.path, 'pages'), PAGES);
  const whole = join(folder.path, 'whole');
  const killed = join(folder.path, 'killed');
  mkdirSync(whole);
  mkdirSync(killed);

  await ingest(whole, `${PAGES} pages`);
  await ingest(whole, 'the same again');
  let kills = 0;
  for (const moment of KILLS) {
    if (await killedIngest({ cwd: killed, paths: ['../pages'] }, moment)) kills++;
  }
  await ingest(killed, `after ${kills} kills`);
  printTable(rows);
  const [expected, found] = [
    await knowledgeContent(join(whole, 'var')),
    await knowledgeContent(join(killed, 'var')),
  ];
  process.stdout.write(
    `\nwithout kills: ${JSON.stringify(expected)}\nwith kills:    ${JSON.stringify(found)}\n`,
  );
  process.stdout.write(expected.hash === found.hash ? 'The same.\n' : 'NOT the same.\n');
  process.exitCode = expected.hash === found.hash ? 0 : 1;
} finally {
  folder.remove();
}
