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
  writtenReports,
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
    const { candidates } = await parts.finder.find(clean(query), {
      filter: { sight: 'everything' },
    });
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
    const { fits } = await knowledge.search(clean(query), { sight: 'everything', limit: 3 });
    told.push({ half, answerable: gold.length > 0, fits });
  }
  return ['fit', 'check', 'more', 'unseen', 'held'].map((half) => {
    const share = (answerable: boolean, fits: boolean) => {
      const some = told.filter((one) => one.half === half && one.answerable === answerable);
      return some.filter((one) => one.fits === fits).length / some.length;
    };
    return { half, answered: share(true, true), refused: share(false, false) };
  });
}

export type Recognition = {
  reports: number;
  /** Of paraphrases: their incident is the first, is among the first three, is recognised as come back. */
  first: number;
  amongThree: number;
  recognised: number;
  /** Of reports whose incident is not in memory, of paraphrases and of what is merely alike: taken for another. */
  folded: number;
};

type Reports = { set: 'incidents' | 'recurrences'; half?: 'held'; every?: number };

/** With all incidents in memory, reports of every so many of them. */
export async function recognising({ set, half, every = 1 }: Reports): Promise<Recognition> {
  const written = writtenReports(set);
  const past = written.map((one) => incidentDocument(resolvedFrom(one), new Date(0)));
  const { finder, documents } = await partsOf([...past, ...(await pagesIn(SEEDS))]);
  const index = async () => undefined;
  const memory = createIncidentMemory({ finder, documents, index, clock, logger: silent });
  const similar = async (report: string, except?: string) => {
    const options = { sight: 'everything', limit: 3, ...(except && { except }) } as const;
    return (await memory.similar(clean(report), options)).incidents;
  };
  const counts = { again: 0, first: 0, amongThree: 0, recognised: 0, reports: 0, folded: 0 };
  for (const [i, one] of written.entries()) {
    if (i % every !== 0 || (half && one.half !== half)) continue;
    const { id, text, paraphrases, others } = one;
    for (const report of paraphrases) {
      const incidents = await similar(report);
      const place = incidents.findIndex((incident) => incident.id === id);
      counts.again++;
      if (place === 0) counts.first++;
      if (place >= 0) counts.amongThree++;
      if (place >= 0 && incidents[place]?.recurrence) counts.recognised++;
      if (incidents.some((incident) => incident.recurrence && incident.id !== id)) counts.folded++;
    }
    const elsewhere = [
      ...[text, ...paraphrases].map((report) => ({ report, except: id })),
      ...others.map((report) => ({ report, except: undefined })),
    ];
    for (const { report, except } of elsewhere) {
      const incidents = await similar(report, except);
      counts.reports++;
      if (incidents.some(({ recurrence }) => recurrence)) counts.folded++;
    }
  }
  return {
    reports: counts.again + counts.reports,
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
  const collections = [
    { name: `${asked.length} questions, ${seeds.length} seed runbooks`, pages: seeds, asked },
  ];
  if (existsSync(folder)) {
    const pages = await pagesIn(join(folder, 'pages'));
    const pairs: Asked[] = readLines(join(folder, 'pairs.jsonl'), pairSchema);
    collections.push(
      { name: `${pairs.length} alerts, ${pages.length} pages`, pages, asked: pairs },
      { name: 'the same beside the seed runbooks', pages: [...pages, ...seeds], asked: pairs },
    );
  } else {
    process.stdout.write(`Without alerts: there is no ${folder}.\n`);
  }
  const found = [['pages found', 'hit@1', 'hit@5', 'MRR@10', 'nDCG@10']];
  for (const { name, pages, asked: questions } of collections) {
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

  const sets: { name: string; reports: Reports }[] = [
    { name: 'written incidents', reports: { set: 'incidents' } },
    { name: 'of these, held out', reports: { set: 'incidents', half: 'held' } },
    { name: 'and others that are alike', reports: { set: 'recurrences' } },
    { name: 'of these, held out', reports: { set: 'recurrences', half: 'held' } },
  ];
  process.stdout.write('\n');
  const rows = [['reports of past incidents', '', 'first', 'among three', 'come back', 'wrongly']];
  for (const { name, reports } of sets) {
    const { reports: number, ...shares } = await recognising(reports);
    rows.push([name, `${number}`, ...Object.values(shares).map(percent)]);
  }
  printTable(rows);
}
