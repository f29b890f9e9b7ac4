// node .ci/summary.mjs REPORT...   Adds up vitest's JSON reports; a skipped test or a missing report fails.
import { readFileSync } from 'node:fs';

const say = (line) => process.stdout.write(`${line}\n`);
let passed = 0;
let failed = 0;
let bad = process.argv.length < 3;

for (const file of process.argv.slice(2)) {
  let report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    say(`No test report in ${file}: the run ended before its tests did.`);
    bad = true;
    continue;
  }
  const tests = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map((test) => ({ file: name, ...test })),
  );
  for (const test of tests) {
    if (test.status === 'passed') passed++;
    else if (test.status === 'failed') failed++;
    else {
      say(`Not run (${test.status}): ${test.file}: ${test.fullName}`);
      bad = true;
    }
  }
  // A file that cannot even be loaded has no tests to count.
  for (const { name, status, assertionResults } of report.testResults) {
    if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed')) {
      say(`Failed as a whole: ${name}`);
      failed++;
    }
  }
  if (!report.success) bad = true;
}

say(`${passed} passed, ${failed} failed`);
if (bad || failed > 0) process.exitCode = 1;
