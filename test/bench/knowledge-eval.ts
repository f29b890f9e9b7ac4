/** How good the knowledge is: pages found, questions refused that nothing answers, incidents recognised. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { incidentDocument } from '../../knowledge/memory/incident-document.ts';
import { createIncidentMemory } from '../../knowledge/memory/index.ts';
import { createKnowledgeSearch } from '../../knowledge/search/index.ts';
import { byRank } from '../../knowledge/search/ranking.ts';
import type { Metrics } from '../../src/ports/metrics.ts';
import { clean } from '../../src/safety/index.ts';
import {
  type Parts,
  pagesIn,
  partsOf,
  readLines,
  resolvedFrom,
  SEEDS,
  seedQuestions,
  silent,
  writtenIncidents,
} from './knowledge-corpus.ts';
import { printTable } from './statistics.ts';

const clock = { now: () => new Date() };
const unmeasured: Metrics = {
  count: () => undefined,
  gauge: () => undefined,
  observe: () => undefined,
};

type Asked = { query: string; gold: readonly string[] };
const pairSchema = z.object({ id: z.string(), query: z.string(), gold: z.array(z.string()) });

/** Places from 0 of the right page, -1 where it was not found. */
export type Places = { words: number[]; vectors: number[]; fused: number[] };

export async function placesOf(parts: Parts, asked: readonly Asked[]): Promise<Places> {
  const places: Places = { words: [], vectors: [], fused: [] };
  for (const { query, gold } of asked) {
    const { candidates } = await parts.finder.find(clean(query), { filter: {} });
    const place = (sources: readonly string[]) =>
      sources.findIndex((source) => gold.includes(source));
    const byWords = candidates.toSorted((a, b) => b.evidence.lexical - a.evidence.lexical);
    places.words.push(place(byWords.map(({ document }) => document.source)));
    places.vectors.push(place(parts.byVector(query)));
    places.fused.push(place(byRank(candidates).map(({ candidate }) => candidate.document.source)));
  }
  return places;
}

export function scoresOf(places: readonly number[]) {
  const mean = (score: (place: number) => number) =>
    places.reduce((sum, place) => sum + (place >= 0 && place < 10 ? score(place) : 0), 0) /
    places.length;
  return {
    hitAt1: mean((place) => (place === 0 ? 1 : 0)),
    hitAt5: mean((place) => (place < 5 ? 1 : 0)),
    reciprocalRank: mean((place) => 1 / (place + 1)),
    gain: mean((place) => 1 / Math.log2(place + 2)),
  };
}

/** What the shipped weights let through, of questions that a seed runbook answers and of others. */
export async function answering(): Promise<{ half: string; answered: number; refused: number }[]> {
  const { finder, documents } = await partsOf(await pagesIn(SEEDS));
  const knowledge = createKnowledgeSearch({
    finder,
    documents,
    clock,
    metrics: unmeasured,
    logger: silent,
  });
  const told: { half: string; answerable: boolean; fits: boolean }[] = [];
  for (const { query, gold, half } of seedQuestions()) {
    const { fits } = await knowledge.search(clean(query), { limit: 3 });
    told.push({ half, answerable: gold.length > 0, fits });
  }
  return ['fit', 'check', 'unseen'].map((half) => {
    const share = (answerable: boolean, fits: boolean) => {
      const some = told.filter((one) => one.half === half && one.answerable === answerable);
      return some.filter((one) => one.fits === fits).length / some.length;
    };
    return { half, answered: share(true, true), refused: share(false, false) };
  });
}

export type Recognition = {
  incidents: number;
  /** Of paraphrases: their incident is the first, is among the first three, is recognised as come back. */
  first: number;
  amongThree: number;
  recognised: number;
  /** Of reports whose incident is not in memory, and of paraphrases: taken for another one. */
  folded: number;
};

/** With all incidents in memory, reports of every so many of them. */
export async function recognising(every = 1): Promise<Recognition> {
  const written = writtenIncidents();
  const past = written.map((one) => incidentDocument(resolvedFrom(one), new Date(0)));
  const { finder, documents } = await partsOf([...past, ...(await pagesIn(SEEDS))]);
  const index = async () => undefined;
  const memory = createIncidentMemory({ finder, documents, index, clock, logger: silent });
  const counts = { again: 0, first: 0, amongThree: 0, recognised: 0, reports: 0, folded: 0 };
  for (const [i, { id, text, paraphrases }] of written.entries()) {
    if (i % every !== 0) continue;
    for (const report of paraphrases) {
      const { incidents } = await memory.similar(clean(report), { limit: 3 });
      const place = incidents.findIndex((incident) => incident.id === id);
      counts.again++;
      if (place === 0) counts.first++;
      if (place >= 0) counts.amongThree++;
      if (place >= 0 && incidents[place]?.recurrence) counts.recognised++;
      if (incidents.some((incident) => incident.recurrence && incident.id !== id)) counts.folded++;
    }
    for (const report of [text, ...paraphrases]) {
      const { incidents } = await memory.similar(clean(report), { limit: 3, except: id });
      counts.reports++;
      if (incidents.some(({ recurrence }) => recurrence)) counts.folded++;
    }
  }
  return {
    incidents: written.length,
    first: counts.first / counts.again,
    amongThree: counts.amongThree / counts.again,
    recognised: counts.recognised / counts.again,
    folded: counts.folded / (counts.reports + counts.again),
  };
}

/** Prints the tables; `folder` holds pages and pairs of alerts and pages. */
export async function evaluateKnowledge(folder: string): Promise<void> {
  const seeds = await pagesIn(SEEDS, 'seeds');
  const asked: Asked[] = seedQuestions().filter(({ gold }) => gold.length > 0);
  const sets = [
    { name: `${asked.length} questions, ${seeds.length} seed runbooks`, pages: seeds, asked },
  ];
  if (existsSync(folder)) {
    const pages = await pagesIn(join(folder, 'pages'));
    const pairs: Asked[] = readLines(join(folder, 'pairs.jsonl'), pairSchema);
    sets.push(
      { name: `${pairs.length} alerts, ${pages.length} pages`, pages, asked: pairs },
      { name: 'the same beside the seed runbooks', pages: [...pages, ...seeds], asked: pairs },
    );
  } else {
    process.stdout.write(`Without alerts: there is no ${folder}.\n`);
  }
  const found = [['pages found', 'hit@1', 'hit@5', 'MRR@10', 'nDCG@10']];
  for (const { name, pages, asked: questions } of sets) {
    const places = await placesOf(await partsOf(pages), questions);
    for (const way of ['words', 'vectors', 'fused'] as const) {
      const scores = Object.values(scoresOf(places[way]));
      found.push([`${name}: ${way}`, ...scores.map((score) => score.toFixed(3))]);
    }
  }
  printTable(found);

  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  process.stdout.write('\n');
  printTable([
    ['questions', 'answered', 'refused'],
    ...(await answering()).map(({ half, answered, refused }) => [
      half,
      percent(answered),
      percent(refused),
    ]),
  ]);

  const { incidents, first, amongThree, recognised, folded } = await recognising();
  process.stdout.write('\n');
  printTable([
    [`${incidents} past incidents, two paraphrases each`, ''],
    ['ranked first', percent(first)],
    ['among the first three', percent(amongThree)],
    ['recognised as come back', percent(recognised)],
    ['taken for another one', percent(folded)],
  ]);
}
