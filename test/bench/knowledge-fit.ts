/**
 * Fits the two likelihoods of the knowledge: that a page answers (knowledge/search/ranking.ts), and that an
 * incident is a past one come back (knowledge/memory/incident-memory.ts). Each is fitted on one half of what
 * was written for it and measured on the other, both ways, before all of it gives the weights to copy.
 */

import type { VectorFilter } from '../../knowledge/collection/vector-index.ts';
import {
  INCIDENTS,
  incidentDocument,
  incidentDocumentId,
} from '../../knowledge/memory/incident-document.ts';
import { passagesOf } from '../../knowledge/search/passages.ts';
import { byRank, likelihood, type Signs } from '../../knowledge/search/ranking.ts';
import { createSignReader } from '../../knowledge/search/signs.ts';
import type { CleanText } from '../../src/domain/clean-text.ts';
import type { StoredDocument } from '../../src/ports/document-store.ts';
import { clean } from '../../src/safety/index.ts';
import {
  type Parts,
  pagesIn,
  partsOf,
  resolvedFrom,
  SEEDS,
  seedQuestions,
  type WrittenIncident,
  writtenIncidents,
} from './knowledge-corpus.ts';
import { type Example, fitLikelihood, passing } from './logistic.ts';
import { printTable } from './statistics.ts';

type Told = Example & { half: number; kind: string; note: string };

const ANSWER_SIGNS: readonly (keyof Signs)[] = [
  'lexical',
  'passage',
  'coverage',
  'likeness',
  'known',
  'lead',
  'length',
];
const SAME_SIGNS: readonly (keyof Signs)[] = ['lexical', 'coverage', 'likeness', 'lead'];

/** The signs of what ranks first. */
async function signsOfBest(
  { finder, documents }: Parts,
  query: CleanText,
  filter: VectorFilter,
): Promise<{ signs: Signs; id: string; source: string } | undefined> {
  const found = await finder.find(query, { filter });
  const ranked = byRank(found.candidates);
  const [best] = ranked;
  if (!best) return undefined;
  const { id, source } = best.candidate.document;
  const [stored] = await documents.load([id]);
  const [first] = stored ? passagesOf(best.candidate, stored, found.leastSimilarity) : [];
  if (!first) return undefined;
  const signsOf = createSignReader(
    query,
    found,
    ranked.map(({ rank }) => rank),
  );
  return { signs: signsOf(first, best.rank), id, source };
}

async function askedQuestions(): Promise<Told[]> {
  const parts = await partsOf(await pagesIn(SEEDS));
  const told: Told[] = [];
  for (const { query, gold, half } of seedQuestions()) {
    if (half === 'unseen') continue;
    const best = await signsOfBest(parts, clean(query), {});
    if (!best) continue;
    const right = gold.length > 0;
    const note = `${best.source} | ${query}`;
    told.push({
      signs: best.signs,
      right,
      half: half === 'fit' ? 0 : 1,
      kind: right ? 'asked' : 'off',
      note,
    });
  }
  return told;
}

/** So many incidents are what a team remembers in its first weeks; neighbours in the file are about the same. */
const SMALL_MEMORY = 10;

/** Every paraphrase with its incident in memory, and every report without it, in large and in small memories. */
async function comeBack(): Promise<Told[]> {
  const incidents = writtenIncidents();
  const seeds = await pagesIn(SEEDS);
  const told = await comeBackIn(incidents, seeds, 0);
  for (let start = 0; start < incidents.length; start += SMALL_MEMORY) {
    const few = incidents.slice(start, start + SMALL_MEMORY);
    // Without runbooks beside them, too: then there is next to nothing that says which words are rare.
    const beside = start % (2 * SMALL_MEMORY) === 0 ? seeds : [];
    told.push(...(await comeBackIn(few, beside, start)));
  }
  return told;
}

async function comeBackIn(
  incidents: readonly WrittenIncident[],
  beside: readonly StoredDocument[],
  start: number,
): Promise<Told[]> {
  const past = incidents.map((one) => incidentDocument(resolvedFrom(one), new Date(0)));
  const parts = await partsOf([...past, ...beside]);
  const small = incidents.length === SMALL_MEMORY ? ', small memory' : '';
  const told: Told[] = [];
  for (const [i, { id, text, paraphrases }] of incidents.entries()) {
    const own = incidentDocumentId(id);
    for (const said of [text, ...paraphrases]) {
      for (const known of [true, false]) {
        if (known && said === text) continue;
        const filter = { collection: INCIDENTS, ...(known ? {} : { exceptDocument: own }) };
        const best = await signsOfBest(parts, clean(said), filter);
        if (!best) continue;
        told.push({
          signs: best.signs,
          right: best.id === own,
          half: (start + i) % 2,
          kind: `${known ? 'again' : 'new'}${small}`,
          note: `${best.source} | ${said}`,
        });
      }
    }
  }
  return told;
}

function report(
  title: string,
  told: readonly Told[],
  names: readonly (keyof Signs)[],
  kinds: readonly string[],
  least: readonly number[],
): void {
  const ofHalf = (half: number) => told.filter((one) => one.half === half);
  const all = fitLikelihood(told, names);
  const rows = [
    { name: 'first half, second half', by: fitLikelihood(ofHalf(0), names), on: ofHalf(1) },
    { name: 'second half, first half', by: fitLikelihood(ofHalf(1), names), on: ofHalf(0) },
    { name: 'all, all', by: all, on: told },
  ];
  process.stdout.write(`${title}\n`);
  printTable([
    ['let through, fitted on, measured on', 'at least', ...kinds],
    ...least.flatMap((bound) =>
      rows.map(({ name, by, on }) => [
        name,
        bound.toFixed(2),
        ...kinds.map((kind) =>
          passing(
            on.filter((one) => one.kind === kind),
            by,
            bound,
          ).toFixed(3),
        ),
      ]),
    ),
  ]);
  process.stdout.write(`${JSON.stringify(all)}\n\n`);
  if (!process.argv.includes('--misses')) return;
  for (const { kind, right, note, signs } of told) {
    const likely = likelihood(signs, all);
    if (right === likely >= (least[1] ?? 0.5) || (kind === 'again' && !right)) continue;
    process.stdout.write(`${kind} ${likely.toFixed(2)} ${note.slice(0, 160)}\n`);
  }
}

report('A page answers', await askedQuestions(), ANSWER_SIGNS, ['asked', 'off'], [0.3, 0.4, 0.5]);
report(
  'An incident comes back',
  await comeBack(),
  SAME_SIGNS,
  ['again', 'new', 'again, small memory', 'new, small memory'],
  [0.8, 0.9, 0.95],
);
