/** How root causes are told and how well lies about them are caught: on the cases beside the project, and on made-up ones. */
import { pathToFileURL } from 'node:url';
import { AUDIENCES, type Rca } from '../../src/domain/rca.ts';
import { encodeRca } from '../../src/rca/encode.ts';
import { narrate } from '../../src/rca/narrate.ts';
import { keepTraced } from '../../src/rca/telling.ts';
import { loadTokenCounter } from '../../src/rca/tokens.ts';
import { createVerifier } from '../../src/rca/verify/verify.ts';
import { readingGrade, wordCount } from '../../src/rca/words/reading.ts';
import { createDice, madeUpCase, oddCase, readCases } from './rca-cases.ts';
import { FITTED } from './rca-fitted.ts';
import { HELD_OUT } from './rca-held-out.ts';
import { KINDS, LIES, tellLie, tellTruth } from './rca-lies.ts';
import type { Phrasings } from './rca-phrasings.ts';
import { milliseconds, percentile, printTable } from './statistics.ts';

const MADE_UP = 60;
const LIES_EACH = 6;
const TRUTHS_EACH = 6;
const SEED = 20_260_305;

export async function evaluateRca(folder: string): Promise<void> {
  const cases = readCases(folder);
  if (cases.length === 0) process.stdout.write(`There is no ${folder}: made-up analyses alone.\n`);
  else {
    printNarrator(cases);
    await printEncoding(cases);
  }
  const dice = createDice(SEED);
  const made = Array.from({ length: MADE_UP }, () => madeUpCase(dice));
  const odd = Array.from({ length: MADE_UP }, () => oddCase(dice));
  const given = cases.map(({ rca }) => rca);
  for (const [phrasings, title] of [
    [FITTED, 'phrasings the checks are fitted to'],
    [HELD_OUT, 'phrasings held out'],
  ] as const) {
    process.stdout.write(`-- ${title}\n\n`);
    for (const [analyses, where] of [
      [given, 'given cases'],
      [made, 'made-up cases'],
      [odd, 'odd cases'],
    ] as const) {
      printLies(`lies, ${where}`, analyses, phrasings);
      printTruths(`truths, ${where}`, analyses, phrasings);
    }
  }
}

function printNarrator(cases: readonly { id: string; rca: Rca }[]): void {
  const rows = AUDIENCES.map((audience) => {
    const texts = cases.map(({ rca }) => ({ rca, text: narrate(rca, audience) }));
    const faults = texts.flatMap(({ rca, text }) =>
      createVerifier(rca)
        .check(text)
        .filter((one) => one.faults.length > 0),
    );
    const names = texts.filter(({ rca, text }) =>
      createVerifier(rca)
        .check(text)
        .some(({ blamesRoot }) => blamesRoot),
    ).length;
    const metrics = texts.filter(({ rca, text }) =>
      metricNames(rca).some((name) => text.includes(name)),
    ).length;
    return [
      audience,
      Math.max(...texts.map(({ text }) => readingGrade(text))).toFixed(1),
      String(Math.max(...texts.map(({ text }) => wordCount(text)))),
      `${names} of ${texts.length}`,
      String(faults.length),
      String(metrics),
    ];
  });
  printTable([
    ['narrator', 'highest grade', 'most words', 'root named', 'untraced', 'with metric names'],
    ...rows,
  ]);
  const times: number[] = [];
  for (let i = 0; i < 20; i++) {
    for (const { rca } of cases) {
      const started = performance.now();
      narrate(rca, 'executive');
      times.push(performance.now() - started);
    }
  }
  process.stdout.write(
    `Telling one takes ${milliseconds(percentile(times, 0.5))}, p99 ${milliseconds(percentile(times, 0.99))}\n\n`,
  );
}

function metricNames(rca: Rca): string[] {
  return [
    rca.impact.metricName,
    ...rca.chains.flatMap(({ steps }) => steps.map(({ kpiName }) => kpiName)),
  ].filter((name): name is string => name !== undefined && /[_A-Z]/.test(name.slice(1)));
}

async function printEncoding(cases: readonly { id: string; rca: Rca }[]): Promise<void> {
  const countTokens = await loadTokenCounter();
  const rows = cases.map(({ id, rca }) => ({ id, ...encodeRca(rca, countTokens) }));
  const sum = (pick: (row: (typeof rows)[number]) => number) =>
    rows.reduce((total, row) => total + pick(row), 0);
  const saved = (tokens: number, jsonTokens: number) =>
    `${(100 * (1 - tokens / jsonTokens)).toFixed(0)} %`;
  printTable([
    ['tokens', 'compact JSON', 'sent', 'as', 'saved'],
    ...rows.map(({ id, tokens, jsonTokens, format }) => [
      id,
      String(jsonTokens),
      String(tokens),
      format,
      saved(tokens, jsonTokens),
    ]),
    [
      'all',
      String(sum((row) => row.jsonTokens)),
      String(sum((row) => row.tokens)),
      '',
      saved(
        sum((row) => row.tokens),
        sum((row) => row.jsonTokens),
      ),
    ],
  ]);
  process.stdout.write(
    `Larger than compact JSON: ${rows.filter(({ tokens, jsonTokens }) => tokens > jsonTokens).length} of ${rows.length}\n\n`,
  );
}

const kept = (text: string, sentence: string) => text.includes(sentence.replace(MARK, ''));
/** Marks of a list, which are numbered anew. */
const MARK = /^\s*(?:\d+[.)]|[-*•])\s+/;

function printLies(title: string, analyses: readonly Rca[], phrasings: Phrasings): void {
  if (analyses.length === 0) return;
  const dice = createDice(SEED + 1);
  const rows = LIES.map((kind) => {
    let caught = 0;
    let told = 0;
    let fellBack = 0;
    for (const rca of analyses) {
      const verifier = createVerifier(rca);
      for (let i = 0; i < LIES_EACH; i++) {
        const lying = tellLie(rca, kind, phrasings, dice);
        if (lying?.lie === undefined) continue;
        told++;
        const { isEnough, text } = keepTraced(lying.text, verifier);
        if (!isEnough) fellBack++;
        if (!isEnough || !kept(text, lying.lie.text)) caught++;
        else if (shows(phrasings)) process.stdout.write(`  missed ${kind}: ${lying.lie.text}\n`);
      }
    }
    return [kind, told, caught, fellBack] as const;
  });
  printTable([
    [title, 'told', 'caught', 'share', 'of these by telling it all anew'],
    ...rows.map(([kind, told, caught, fellBack]) => [
      kind,
      String(told),
      String(caught),
      share(caught, told),
      String(fellBack),
    ]),
  ]);
  process.stdout.write('\n');
}

function printTruths(title: string, analyses: readonly Rca[], phrasings: Phrasings): void {
  if (analyses.length === 0) return;
  const dice = createDice(SEED + 2);
  const counts = new Map(KINDS.map((kind) => [kind, { told: 0, kept: 0, shown: 0 }]));
  let texts = 0;
  let fellBack = 0;
  for (const rca of analyses) {
    const verifier = createVerifier(rca);
    for (let i = 0; i < TRUTHS_EACH; i++) {
      const truth = tellTruth(rca, phrasings, dice);
      const { text, isEnough, dropped } = keepTraced(truth.text, verifier);
      texts++;
      if (!isEnough) fellBack++;
      for (const sentence of truth.sentences) {
        const count = counts.get(sentence.kind);
        if (count === undefined) continue;
        count.told++;
        if (kept(text, sentence.text)) {
          count.kept++;
          if (isEnough) count.shown++;
        } else if (shows(phrasings)) {
          const why = dropped.find((one) => one.sentence.includes(sentence.text.replace(MARK, '')));
          process.stdout.write(
            `  dropped ${sentence.kind}: ${sentence.text} | ${why?.reason ?? ''}\n`,
          );
        }
      }
    }
  }
  const sum = (of: 'told' | 'kept' | 'shown') =>
    [...counts.values()].reduce((all, one) => all + one[of], 0);
  printTable([
    [title, 'told', 'kept', 'share', 'and shown'],
    ...[...counts].map(([kind, one]) => [
      kind,
      String(one.told),
      String(one.kept),
      share(one.kept, one.told),
      share(one.shown, one.told),
    ]),
    [
      'all',
      String(sum('told')),
      String(sum('kept')),
      share(sum('kept'), sum('told')),
      share(sum('shown'), sum('told')),
    ],
  ]);
  process.stdout.write(
    `Told anew though true: ${fellBack} of ${texts} (${share(fellBack, texts)})\n\n`,
  );
}

/** Never those that nobody is to adjust a check to. */
const shows = (phrasings: Phrasings) =>
  Boolean(process.env.SITREP_EVAL_MISSED) && phrasings === FITTED;

function share(part: number, whole: number): string {
  return `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await evaluateRca(process.argv[2] ?? '../shared/eval/rca');
}
