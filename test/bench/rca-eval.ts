/** How root causes are told and how well lies about them are caught: on the cases beside the project, and on made-up ones. */
import { pathToFileURL } from 'node:url';
import { AUDIENCES, type Rca } from '../../src/domain/rca.ts';
import { encodeRca } from '../../src/rca/encode.ts';
import { narrate } from '../../src/rca/narrate.ts';
import { keepTraced } from '../../src/rca/telling.ts';
import { loadTokenCounter } from '../../src/rca/tokens.ts';
import { createVerifier } from '../../src/rca/verify/verify.ts';
import { readingGrade, wordCount } from '../../src/rca/words/reading.ts';
import { createDice, madeUpCase, readCases } from './rca-cases.ts';
import { LIES, tellLie, tellTruth, tellUnseen } from './rca-lies.ts';
import { milliseconds, percentile, printTable } from './statistics.ts';

const MADE_UP = 60;
const LIES_EACH = 12;
const TRUTHS_EACH = 20;
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
  const given = cases.map(({ rca }) => rca);
  printLies('lies caught, given cases', given);
  printLies('lies caught, made-up cases', made);
  printTruths([...given, ...made]);
  printUnseen([...given, ...made]);
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
        .some(({ namesRoot }) => namesRoot),
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

function printLies(title: string, analyses: readonly Rca[]): void {
  if (analyses.length === 0) return;
  const dice = createDice(SEED + 1);
  let allCaught = 0;
  let all = 0;
  const missed: string[] = [];
  const rows = LIES.map((kind) => {
    let caught = 0;
    let told = 0;
    for (const rca of analyses) {
      const verifier = createVerifier(rca);
      for (let i = 0; i < LIES_EACH; i++) {
        const lying = tellLie(rca, kind, dice);
        if (lying?.lie === undefined) continue;
        told++;
        const sentence = lying.sentences[lying.lie.at] ?? '';
        const kept = keepTraced(lying.sentences.join(' '), verifier);
        if (kept.isEnough && kept.text.includes(sentence)) missed.push(`${kind}: ${sentence}`);
        else caught++;
      }
    }
    all += told;
    allCaught += caught;
    return [kind, String(told), String(caught), share(caught, told)];
  });
  printTable([
    [title, 'told', 'caught', 'share'],
    ...rows,
    ['all', String(all), String(allCaught), share(allCaught, all)],
  ]);
  for (const line of missed.slice(0, 400))
    if (process.env.SITREP_EVAL_MISSED) process.stdout.write(`  missed ${line}\n`);
  process.stdout.write('\n');
}

function printTruths(analyses: readonly Rca[]): void {
  const dice = createDice(SEED + 2);
  let told = 0;
  let dropped = 0;
  let texts = 0;
  let fellBack = 0;
  for (const rca of analyses) {
    const verifier = createVerifier(rca);
    for (let i = 0; i < TRUTHS_EACH; i++) {
      const { sentences } = tellTruth(rca, dice);
      const kept = keepTraced(sentences.join(' '), verifier);
      told += sentences.length;
      dropped += kept.dropped.length;
      texts++;
      if (!kept.isEnough) fellBack++;
      if (process.env.SITREP_EVAL_MISSED)
        for (const { sentence, reason } of kept.dropped)
          process.stdout.write(`  dropped ${sentence} | ${reason}\n`);
    }
  }
  process.stdout.write(
    `True sentences dropped: ${dropped} of ${told} (${share(dropped, told)}); true texts not used: ${fellBack} of ${texts} (${share(fellBack, texts)})\n`,
  );
}

function printUnseen(analyses: readonly Rca[]): void {
  const dice = createDice(SEED + 3);
  const rows = (['swapped-root', 'inverted-order'] as const).map((kind) => {
    const counts = [false, true].map((isTrue) => {
      let told = 0;
      let dropped = 0;
      for (const rca of analyses) {
        const verifier = createVerifier(rca);
        for (let i = 0; i < LIES_EACH; i++) {
          const { sentences } = tellUnseen(rca, kind, isTrue, dice) ?? { sentences: [] };
          const sentence = sentences.at(-1);
          if (sentence === undefined) continue;
          told++;
          if (!keepTraced(sentences.join(' '), verifier).text.includes(sentence)) dropped++;
        }
      }
      return share(dropped, told);
    });
    return [kind, ...counts];
  });
  process.stdout.write('\n');
  printTable([['phrasings no check was adjusted to', 'lies caught', 'truths dropped'], ...rows]);
}

function share(part: number, whole: number): string {
  return `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await evaluateRca(process.argv[2] ?? '../shared/eval/rca');
}
