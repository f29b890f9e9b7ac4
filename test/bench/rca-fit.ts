/**
 * Fits how much each sign of a sentence counts, and writes the table. How well phrasings are read that were left
 * out of a fit is printed by cross-validation.
 */
import { writeFileSync } from 'node:fs';
import { parseRca } from '../../src/domain/rca.ts';
import { createFacts } from '../../src/rca/facts.ts';
import { marksOf } from '../../src/rca/verify/marks.ts';
import { readSentence } from '../../src/rca/verify/sentence.ts';
import { blameSigns, orderSigns, type Signs } from '../../src/rca/verify/signs.ts';
import { createDice } from './rca-cases.ts';
import { FITTED } from './rca-fitted.ts';
import { blameSentence, effectSentence, inMoreWords, orderSentence } from './rca-grammar.ts';
import { printTable } from './statistics.ts';

type Example = { signs: Signs; right: boolean; weight: number; source: string; says: string };

const ROUNDS = Number(process.env.ROUNDS ?? 150);
const STEP = 0.4;
const RIDGE = Number(process.env.RIDGE ?? 1);
const FOLDS = 8;
const LEAST_WEIGHT = 0.08;
const LEAST_SEEN = Number(process.env.SEEN ?? 2);
const MADE_UP = 1_200;
/** A made-up sentence counts less than one that somebody wrote. */
const MADE_UP_WEIGHT = 0.25;
const LONGER_WEIGHT = 0.5;

const NAMES = {
  a: 'the price engine',
  b: 'the gate keeper',
  x: 'the price engine',
  e: 'the gate keeper',
};
const rca = parseRca({
  impact: { impactService: 'gate-keeper' },
  rootCause: { service: 'price-engine' },
  chains: [{ steps: [{ service: 'price-engine' }, { service: 'gate-keeper' }] }],
});
const facts = createFacts(rca);

function read(template: string) {
  const text = template.replace(/\{(\w)\}/g, (_, slot: keyof typeof NAMES) => NAMES[slot]);
  return marksOf(readSentence(text.charAt(0).toUpperCase() + text.slice(1), facts));
}
function orderExample(template: string, weight = 1): Example[] {
  const marks = read(template);
  const places = marks.flatMap(({ node }, i) => (node === undefined ? [] : [i]));
  const [one, two] = places;
  if (one === undefined || two === undefined || places.length !== 2) return [];
  const right = template.indexOf('{a}') < template.indexOf('{b}');
  return [{ signs: orderSigns(marks, one, two), right, weight, source: template, says: template }];
}

function blameExamples(template: string, blamed: string, weight = 1): Example[] {
  const marks = read(template);
  const places = marks.flatMap(({ node }, i) => (node === undefined ? [] : [i]));
  const slots = [...template.matchAll(/\{(\w)\}/g)].map(([, slot = '']) => slot);
  if (slots.length !== places.length) return [];
  return slots.map((slot, i) => ({
    signs: blameSigns(marks, places[i] ?? 0),
    right: slot === blamed,
    weight,
    source: template,
    says: `${slot}: ${template}`,
  }));
}

function weighted(examples: readonly Example[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { signs } of examples)
    for (const sign of signs) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  const weights = new Map<string, number>([['bias', 0]]);
  for (const [sign, count] of counts) if (count > LEAST_SEEN) weights.set(sign, 0);
  const squares = new Map<string, number>();
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  for (let round = 0; round < ROUNDS; round++) {
    const gradient = new Map<string, number>();
    for (const { signs, right, weight } of examples) {
      const error = weight * ((right ? 1 : 0) - likelihood(signs, weights));
      gradient.set('bias', (gradient.get('bias') ?? 0) + error);
      for (const sign of signs)
        if (weights.has(sign)) gradient.set(sign, (gradient.get(sign) ?? 0) + error);
    }
    for (const [sign, weight] of weights) {
      const slope = ((gradient.get(sign) ?? 0) - (sign === 'bias' ? 0 : RIDGE * weight)) / total;
      const square = (squares.get(sign) ?? 1e-8) + slope * slope;
      squares.set(sign, square);
      weights.set(sign, weight + (STEP * slope) / Math.sqrt(square));
    }
  }
  return weights;
}

function likelihood(signs: Signs, weights: ReadonlyMap<string, number>): number {
  let sum = weights.get('bias') ?? 0;
  for (const sign of signs) sum += weights.get(sign) ?? 0;
  return 1 / (1 + Math.exp(-sum));
}

function crossValidated(
  written: readonly Example[],
  made: readonly Example[],
): { example: Example; likely: number }[] {
  const sources = [...new Set(written.map(({ source }) => source))];
  const foldOf = new Map(sources.map((source, i) => [source, (i * 7) % FOLDS]));
  const said: { example: Example; likely: number }[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const weights = weighted([
      ...written.filter(({ source }) => foldOf.get(source) !== fold),
      ...made,
    ]);
    for (const example of written) {
      if (foldOf.get(example.source) === fold)
        said.push({ example, likely: likelihood(example.signs, weights) });
    }
  }
  return said;
}

const percent = (part: number, whole: number) =>
  `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;

/** Who blames one beside another says that it came first. */
const asOrder = (one: string) => one.replace('{x}', '{a}').replace('{e}', '{b}');

function examplesOf() {
  const dice = createDice(7);
  const many = (say: typeof orderSentence) => Array.from({ length: MADE_UP }, () => say(dice));
  const longer = (written: readonly string[], kind: 'blame' | 'effect' | 'order') =>
    written.flatMap((source) =>
      [0, 1].map(() => ({ source, template: inMoreWords(source, kind, dice) })),
    );
  // Told at more length it is the same phrasing still, and left out of a fit together with it.
  const sourced = (examples: readonly Example[], source: string) =>
    examples.map((one) => ({ ...one, source }));
  return {
    order: {
      written: [
        ...[...FITTED.order, ...FITTED.root.map(asOrder)].flatMap((one) => orderExample(one)),
        ...longer(FITTED.order, 'order').flatMap(({ source, template }) =>
          sourced(orderExample(template, LONGER_WEIGHT), source),
        ),
      ],
      made: [
        ...many(orderSentence).flatMap((one) => orderExample(one, MADE_UP_WEIGHT)),
        ...many(blameSentence).flatMap((one) => orderExample(asOrder(one), MADE_UP_WEIGHT)),
      ],
    },
    blame: {
      written: [
        ...FITTED.root.flatMap((one) => blameExamples(one, 'x')),
        ...[...FITTED.effect, ...FITTED.order, ...FITTED.advice].flatMap((one) =>
          blameExamples(one, '-'),
        ),
        ...longer(FITTED.root, 'blame').flatMap(({ source, template }) =>
          sourced(blameExamples(template, 'x', LONGER_WEIGHT), source),
        ),
        ...longer(FITTED.effect, 'effect').flatMap(({ source, template }) =>
          sourced(blameExamples(template, '-', LONGER_WEIGHT), source),
        ),
      ],
      made: [
        ...many(blameSentence).flatMap((one) => blameExamples(one, 'x', MADE_UP_WEIGHT)),
        ...many(effectSentence).flatMap((one) => blameExamples(one, '-', MADE_UP_WEIGHT)),
        ...many(orderSentence).flatMap((one) => blameExamples(one, '-', MADE_UP_WEIGHT / 4)),
      ],
    },
  };
}

function table(weights: ReadonlyMap<string, number>): string {
  return [...weights]
    .filter(([sign, weight]) => sign === 'bias' || Math.abs(weight) >= LEAST_WEIGHT)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([sign, weight]) => `  '${sign}': ${Number(weight.toFixed(2))},`)
    .join('\n');
}

const { order, blame } = examplesOf();
if (!process.env.FIT_ONLY) {
  const ordered = crossValidated(order.written, order.made);
  const rows = [0.5, 0.6, 0.7, 0.8, 0.9].map((least) => {
    const right = ordered.map(({ example, likely }) => (example.right ? likely : 1 - likely));
    return [
      String(least),
      percent(right.filter((p) => p > 1 - least).length, right.length),
      percent(right.filter((p) => p >= least).length, right.length),
    ];
  });
  printTable([['order: least', 'inverted caught', 'true kept'], ...rows]);
  const blames = crossValidated(blame.written, blame.made);
  const isBlame = blames.filter(({ example }) => example.right);
  const isEffect = blames.filter(
    ({ example }) =>
      !example.right && example.source.includes('{e}') && !example.source.includes('{x}'),
  );
  const isOther = blames.filter(
    ({ example }) => !example.right && !isEffect.some((one) => one.example === example),
  );
  printTable([
    ['blame: most', 'blame caught', 'effects kept', 'others kept'],
    ...[0.1, 0.2, 0.3, 0.4, 0.5].map((most) => [
      String(most),
      percent(isBlame.filter(({ likely }) => likely > most).length, isBlame.length),
      percent(isEffect.filter(({ likely }) => likely <= most).length, isEffect.length),
      percent(isOther.filter(({ likely }) => likely <= most).length, isOther.length),
    ]),
  ]);
  if (process.env.SHOW) {
    for (const { example, likely } of ordered) {
      const right = example.right ? likely : 1 - likely;
      if (right < 0.6)
        process.stdout.write(
          `${right.toFixed(2)} order ${example.says} | ${[...example.signs].filter((s) => s.split(' ').length < 3).join(', ')}\n`,
        );
    }
    for (const { example, likely } of blames) {
      if (example.right ? likely < 0.35 : likely > 0.35)
        process.stdout.write(
          `${likely.toFixed(2)} ${example.right ? 'BLAME' : 'effect'} ${example.says}\n`,
        );
    }
  }
}
const weights = {
  order: weighted([...order.written, ...order.made]),
  blame: weighted([...blame.written, ...blame.made]),
};
writeFileSync(
  new URL('../../src/rca/verify/weights.ts', import.meta.url),
  `/** Fitted by test/bench/rca-fit.ts, which prints how well; not to be changed by hand. */\nexport const ORDER_WEIGHTS: Readonly<Record<string, number>> = {\n${table(weights.order)}\n};\n\nexport const BLAME_WEIGHTS: Readonly<Record<string, number>> = {\n${table(weights.blame)}\n};\n`,
);
process.stdout.write(`weights: ${weights.order.size} for order, ${weights.blame.size} for blame\n`);
