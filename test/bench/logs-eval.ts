/** How well lines are grouped, against labelled logs, and how well faults are found. One setting for all. */
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { createLogAnalysis } from '../../src/logs/index.ts';
import { ASSUMED_YEAR, assign, type EvaluationLog, evaluationLogs } from './logs-data.ts';
import {
  anomaliesIn,
  createRandom,
  dealTrial,
  type FaultKind,
  inject,
  isFound,
} from './logs-faults.ts';
import { hostileLine } from './logs-hostile.ts';
import { printTable } from './statistics.ts';

const TRIALS = 100;
const HOSTILE_LINES = 1_000_000;
const HOSTILE_SAMPLES = 5_000;

export type Score = { accuracy: number; f1: number };

/** A line counts when its group is exactly the gold group; F1 counts groups. */
export function scoreGroups(given: readonly (string | number)[], gold: readonly string[]): Score {
  const mine = members(given);
  let lines = 0;
  let groups = 0;
  for (const wanted of members(gold).values()) {
    const group = mine.get(given[wanted[0] ?? 0] ?? '');
    if (group?.length !== wanted.length || !group.every((line, i) => line === wanted[i])) continue;
    lines += wanted.length;
    groups++;
  }
  return { accuracy: lines / gold.length, f1: (2 * groups) / (mine.size + members(gold).size) };
}

function members<Id>(ids: readonly Id[]): Map<Id, number[]> {
  const groups = new Map<Id, number[]>();
  ids.forEach((id, line) => {
    const group = groups.get(id);
    if (group) group.push(line);
    else groups.set(id, [line]);
  });
  return groups;
}

export async function evaluateLogs(): Promise<void> {
  printHostile();
  const logs = evaluationLogs();
  if (logs.length === 0) {
    process.stdout.write(
      'The evaluation logs (../shared/eval/logs) are not on this machine: nothing measured.\n',
    );
    return;
  }
  printAccuracy(logs);
  printFaults(logs);
}

/** Each line is two random ones end to end, so that a million differ. */
function printHostile(): void {
  const samples = fc.sample(hostileLine, { numRuns: HOSTILE_SAMPLES, seed: 7 });
  const random = createRandom(7);
  const analysis = createLogAnalysis({ assumedYear: ASSUMED_YEAR, keepAssignments: true });
  analysis.begin('current');
  const started = performance.now();
  for (let i = 0; i < HOSTILE_LINES; i++) {
    analysis.add(`${samples[random(HOSTILE_SAMPLES)]} ${samples[random(HOSTILE_SAMPLES)]}`, false);
  }
  const collected = analysis.finish();
  let assigned = 0;
  for (const _ of analysis.assignments()) assigned++;
  const seconds = (performance.now() - started) / 1000;
  process.stdout.write(
    `Hostile lines: ${HOSTILE_LINES}, assigned: ${assigned}, kinds: ${collected.kinds.length}, ${seconds.toFixed(0)} s, peak ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB\n\n`,
  );
}

function printAccuracy(logs: readonly EvaluationLog[]): void {
  const rows = logs.map((log) => ({
    name: log.name,
    contents: scoreGroups(assign(log.contents), log.gold),
    raw: scoreGroups(assign(log.raw), log.gold),
  }));
  const all = logs.flatMap(({ raw }) => raw);
  const allGold = logs.flatMap(({ name, gold }) => gold.map((id) => `${name} ${id}`));
  const mean = (pick: (row: (typeof rows)[number]) => number) =>
    rows.reduce((sum, row) => sum + pick(row), 0) / rows.length;
  const three = (value: number) => value.toFixed(3);
  printTable([
    ['grouping', 'contents', 'F1', 'raw', 'F1'],
    ...rows.map(({ name, contents, raw }) => [
      name,
      ...[contents.accuracy, contents.f1, raw.accuracy, raw.f1].map(three),
    ]),
    [
      'mean',
      three(mean((row) => row.contents.accuracy)),
      three(mean((row) => row.contents.f1)),
      three(mean((row) => row.raw.accuracy)),
      three(mean((row) => row.raw.f1)),
    ],
  ]);
  const together = scoreGroups(assign(all), allGold);
  process.stdout.write(
    `All raw logs one after the other as one: ${three(together.accuracy)}, F1 ${three(together.f1)}\n\n`,
  );
}

function printFaults(logs: readonly EvaluationLog[]): void {
  const random = createRandom(20_260_101);
  const rows = (['new', 'burst', 'silence'] as const).map((kind) => {
    const found = faultsFound(kind, logs, random);
    return [kind, `${found} of ${TRIALS}`];
  });
  printTable([['injected fault', 'in the first five'], ...rows]);
  let alarms = 0;
  for (let i = 0; i < TRIALS; i++) {
    const { window, baseline } = dealTrial(logAt(logs, i), random);
    if (anomaliesIn(window, baseline).length > 0) alarms++;
  }
  process.stdout.write(`False alarms: in ${alarms} of ${TRIALS} clean windows\n`);
}

function faultsFound(
  kind: FaultKind,
  logs: readonly EvaluationLog[],
  random: (n: number) => number,
): number {
  let found = 0;
  for (let trial = 0, attempt = 0; trial < TRIALS; attempt++) {
    const dealt = dealTrial(logAt(logs, attempt), random);
    const fault = inject(kind, dealt, random);
    if (!fault) continue;
    trial++;
    if (isFound(fault, anomaliesIn(fault.window, dealt.baseline))) found++;
  }
  return found;
}

function logAt(logs: readonly EvaluationLog[], i: number): EvaluationLog {
  const log = logs[i % logs.length];
  if (!log) throw new Error('There is no evaluation log.');
  return log;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await evaluateLogs();
