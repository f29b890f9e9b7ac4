/**
 * Fits how much runbooks and past incidents count beside the model, and shows what they are worth.
 *
 * A company's own words are played by ways of speaking that the model did not hear: half of the unheard texts
 * are past incidents, the other half are asked; the pages are the seed runbooks, found by the product's search.
 * Weights are fitted on two of
 * three groups of voices and judged on the third; the ones that the product uses are fitted on all three.
 */
import { resolve } from 'node:path';
import { createKnowledgeSearch } from '../../knowledge/search/index.ts';
import {
  CONTRACT_THRESHOLDS,
  createLinearModel,
  expectedCalibrationError,
  type LabelledText,
  reliability,
  trainModel,
} from '../../src/classifier/index.ts';
import { readTalk, readTrainingSet, trainingFolder } from '../../src/commands/model-files.ts';
import type { Category } from '../../src/domain/taxonomy.ts';
import type { Verdict } from '../../src/domain/triage.ts';
import { clean } from '../../src/safety/index.ts';
import { votesOf } from '../../src/triage/ladder.ts';
import {
  type CategoryVote,
  FITTED_WEIGHTS,
  pool,
  pooledProbabilities,
  type VoteWeights,
} from '../../src/triage/pooling.ts';
import { CONTRACT_LADDER, takes, underThresholds } from '../../src/triage/thresholds.ts';
import { pagesIn, partsOf, SEEDS, silent } from './knowledge-corpus.ts';
import {
  type Curve,
  createReferenceSearch,
  fitCurve,
  fits,
  type Near,
} from './reference-search.ts';
import { printTable } from './statistics.ts';

const SEED = 20_260_301;
const VOICE_GROUPS: readonly (readonly LabelledText['voice'][])[] = [
  ['chat', 'support'],
  ['alertmanager', 'monitor', 'pager'],
  ['postmortem', 'log'],
];
const PAGES_ASKED = 8;
const PAST_ASKED = 4;
/** What a team remembers after some months. */
const REMEMBERED = 200;
const BINS = 10;

type Asked = { right: Category; verdict: Verdict; pages: CategoryVote[]; past: Near[] };
type Case = { right: Category; verdict: Verdict; votes: CategoryVote[] };

const SOURCES = ['page', 'incident'] as const;

const root = resolve('.');
const texts = readTrainingSet(trainingFolder(root));
const talk = readTalk(trainingFolder(root));
const search = createKnowledgeSearch({
  ...(await partsOf(await pagesIn(SEEDS))),
  clock: { now: () => new Date() },
  metrics: { count() {}, gauge() {}, observe() {} },
  logger: silent,
});

const groups: Asked[][] = [];
for (const [at, voices] of VOICE_GROUPS.entries()) {
  const known = texts.filter(({ voice }) => !voices.includes(voice));
  const unheard = texts.filter(({ voice }) => voices.includes(voice));
  const classifier = createLinearModel(
    trainModel(known, talk, SEED),
    'held-out',
    CONTRACT_THRESHOLDS,
  );
  process.stderr.write(`Model ${at + 1} of ${VOICE_GROUPS.length} trained.\n`);
  const step = Math.max(1, Math.floor(unheard.length / 2 / REMEMBERED));
  const past = unheard.filter((_, i) => i % 2 === 1).filter((_, i) => i % step === 0);
  const pastSearch = createReferenceSearch(past);
  const cases: Asked[] = [];
  for (const { text, category } of unheard.filter((_, i) => i % 2 === 0)) {
    const found = await search.search(clean(text), {
      sight: 'everything',
      limit: PAGES_ASKED,
      kind: 'page',
    });
    cases.push({
      right: category,
      verdict: classifier.classify(text),
      pages: votesOf({ passages: found.fits ? found.passages : [], similar: [] }),
      past: pastSearch(text, PAST_ASKED),
    });
  }
  groups.push(cases);
}

/** Past incidents with scores as a search gives them, by a curve that was fitted on other voices. */
function heard(cases: readonly Asked[], curve: Curve): Case[] {
  return cases.map(({ right, verdict, pages, past }) => ({
    right,
    verdict,
    votes: [
      ...pages,
      ...past.map(({ category, cosine }): CategoryVote => {
        return { from: 'incident', category, score: fits(cosine, curve) };
      }),
    ],
  }));
}

function curveOf(cases: readonly Asked[]): Curve {
  return fitCurve(
    cases.flatMap(({ right, past }) =>
      past.map(({ category, cosine }) => ({ cosine, same: category === right })),
    ),
  );
}

/** The negative log-likelihood a text: what calibrated probabilities make least. */
function loss(cases: readonly Case[], weights: VoteWeights): number {
  const sum = cases.reduce((total, { verdict, votes, right }) => {
    return (
      total -
      Math.log(Math.max(1e-9, pooledProbabilities(verdict.probabilities, votes, weights)[right]))
    );
  }, 0);
  return sum / cases.length;
}

const RELIABILITIES = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];
const WEIGHTS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
const SHARPNESSES = [0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1];

/** One source after the other over a grid, until a whole round changes nothing. */
function fitWeights(cases: readonly Case[]): VoteWeights {
  let best: VoteWeights = {
    ...FITTED_WEIGHTS,
    page: { reliability: 0.6, weight: 0.3 },
    incident: { reliability: 0.6, weight: 0.3 },
  };
  let least = loss(cases, best);
  let changed = true;
  const attempt = (tried: VoteWeights) => {
    const found = loss(cases, tried);
    if (found >= least - 1e-6) return;
    least = found;
    best = tried;
    changed = true;
  };
  while (changed) {
    changed = false;
    for (const sharpness of SHARPNESSES) attempt({ ...best, sharpness });
    for (const source of SOURCES) {
      for (const reliable of RELIABILITIES) {
        for (const weight of WEIGHTS) {
          attempt({ ...best, [source]: { reliability: reliable, weight } });
        }
      }
    }
  }
  return best;
}

function row(name: string, cases: readonly Case[], weights?: VoteWeights): string[] {
  const judged = cases.map(({ verdict, votes, right }) => {
    const pooled = weights ? pool(verdict, votes, weights) : verdict;
    const final = underThresholds(pooled, CONTRACT_LADDER);
    return {
      right: final.category === right,
      confidence: final.confidence,
      taken: takes('retrieval', final, CONTRACT_LADDER),
    };
  });
  const share = (part: number, whole: number) => (whole === 0 ? 'n/a' : (part / whole).toFixed(3));
  const taken = judged.filter((one) => one.taken);
  return [
    name,
    share(judged.filter((one) => one.right).length, judged.length),
    expectedCalibrationError(reliability(judged, BINS)).toFixed(3),
    weights ? loss(cases, weights).toFixed(3) : alone(cases).toFixed(3),
    share(taken.length, judged.length),
    share(taken.filter((one) => one.right).length, taken.length),
  ];
}

function alone(cases: readonly Case[]): number {
  return loss(
    cases.map((one) => ({ ...one, votes: [] })),
    FITTED_WEIGHTS,
  );
}

/** What the first rung is sure about never gets here. */
const unsure = groups.map((cases) =>
  cases.filter(({ verdict }) => !takes('fast', verdict, CONTRACT_LADDER)),
);
const HEAD = ['', 'right', 'calibration error', 'loss', 'taken', 'right among these'];

process.stdout.write('What the first rung is unsure about, in voices that no fit has seen:\n');
const crossed = unsure.map((cases, at) => {
  const others = unsure.filter((_, other) => other !== at).flat();
  const curve = curveOf(others);
  return { cases: heard(cases, curve), weights: fitWeights(heard(others, curve)) };
});
printTable([
  HEAD,
  ...crossed.flatMap(({ cases, weights }, at) => {
    const name = VOICE_GROUPS[at]?.join(', ') ?? '';
    return [row(`${name}: model alone`, cases), row(`${name}: pooled`, cases, weights)];
  }),
]);

const withPage = unsure.flat().flatMap(({ right, pages }) => {
  const [best] = pages.toSorted((a, b) => b.score - a.score);
  return best ? [{ confidence: best.score, right: best.category === right }] : [];
});
process.stdout.write(
  `\nThe best page fits for ${withPage.length} of ${unsure.flat().length}; how often it has the right category:\n`,
);
printTable([
  ['texts', 'score', 'right'],
  ...reliability(withPage, 5).map(({ count, confidence, accuracy }) => [
    String(count),
    confidence.toFixed(3),
    accuracy.toFixed(3),
  ]),
]);

const all = heard(unsure.flat(), curveOf(unsure.flat()));
const final = fitWeights(all);
process.stdout.write(
  '\nFitted on all voices; src/triage/pooling.ts says how the product differs:\n',
);
for (const source of SOURCES) {
  const { reliability: reliable, weight } = final[source];
  process.stdout.write(`  ${source}: { reliability: ${reliable}, weight: ${weight} },\n`);
}
process.stdout.write(`  sharpness: ${final.sharpness},\n`);
process.stdout.write('\nWith the constants that the product has:\n');
printTable([HEAD, row('pooled', all, FITTED_WEIGHTS)]);

process.stdout.write(
  '\nWhat confidence means after reading, with the constants that the product has:\n',
);
const answers = crossed.flatMap(({ cases }) =>
  cases.map(({ verdict, votes, right }) => {
    const { category, confidence } = pool(verdict, votes, FITTED_WEIGHTS);
    return { confidence, right: category === right };
  }),
);
printTable([
  ['texts', 'confidence', 'right'],
  ...reliability(answers, BINS).map(({ count, confidence, accuracy }) => [
    String(count),
    confidence.toFixed(3),
    accuracy.toFixed(3),
  ]),
]);
