/** Everything that is measured on the data beside the project; a part whose data are not there says so. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { runSitrep } from '../fixtures/product.ts';
import { evaluateKnowledge } from './knowledge-eval.ts';
import { evaluateLogs } from './logs-eval.ts';
import { evaluateRca } from './rca-eval.ts';
import { redactionReport } from './redaction-eval.ts';
import { reportTable } from './report-eval.ts';

const INCIDENTS = resolve('../shared/eval/incidents.jsonl');

function section(title: string, text: string): void {
  process.stdout.write(`\n== ${title}\n\n${text.trimEnd()}\n`);
}

if (existsSync(INCIDENTS)) {
  const { stdout, stderr } = await runSitrep(['model', 'evaluate', '--jsonl', INCIDENTS], {
    cwd: process.cwd(),
  });
  section('Classifier, on incidents it never saw', stdout + stderr);
} else {
  section('Classifier', `Skipped: there is no ${INCIDENTS}.`);
}
section(
  'Reports among talk, each text judged by a model that did not learn from it',
  reportTable(),
);
section('Redaction', await redactionReport());
section('Logs', 'One setting for all systems.');
await evaluateLogs();
section('Knowledge', 'Read as ingest reads it, embedded by the local embedder.');
await evaluateKnowledge(resolve('../shared/eval/runbooks'));
section('Root causes', 'Told without a model, and lies of a model caught.');
await evaluateRca(resolve('../shared/eval/rca'));
