/**
 * Fits the two likelihoods of the knowledge: that a page answers (knowledge/search/ranking.ts), and that an
 * incident is a past one come back (knowledge/memory/incident-memory.ts). Each is measured on what it was not
 * fitted on, by page, by voice and by half, before all of it gives the weights to copy.
 */

import {
  INCIDENTS,
  incidentDocument,
  incidentDocumentId,
} from '../../knowledge/memory/incident-document.ts';
import { type ReturnSigns, returnSigns } from '../../knowledge/memory/incident-memory.ts';
import type { FinderFilter } from '../../knowledge/search/finder.ts';
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
  type WrittenReport,
  writtenReports,
} from './knowledge-corpus.ts';
import { type Example, fitLikelihood } from './logistic.ts';
import { printTable } from './statistics.ts';

/** `groups` are ways to leave a part out: fitted on all others, it says how the fit does on what it has not seen. */
type Told<Sign extends string> = Example<Sign> & {
  groups: Readonly<Record<string, string | number>>;
  kind: string;
  /** It is not taken, however likely. */
  ruledOut?: boolean;
  note: string;
};

const ANSWER_SIGNS: readonly (keyof Signs)[] = [
  'lexical',
  'coverage',
  'likeness',
  'known',
  'lead',
  'length',
  'title',
  'foreign',
];
const RETURN_SIGNS: readonly (keyof ReturnSigns)[] = [
  'lexical',
  'coverage',
  'likeness',
  'lead',
  'length',
  'pastLength',
  'apart',
  'otherNames',
];
const MOST_FOLDS = 8;

type Best = { signs: Signs; stored: StoredDocument };

/** The signs of what ranks first, and of so many after it. */
async function signsOfBest(
  { finder, documents }: Parts,
  query: CleanText,
  filter: FinderFilter,
  most: number,
): Promise<Best[]> {
  const found = await finder.find(query, { filter });
  const ranked = byRank(found.candidates);
  const ranks = ranked.map(({ rank }) => rank);
  const signsOf = createSignReader(query, found, ranks);
  const best: Best[] = [];
  for (const { candidate, rank } of ranked.slice(0, most)) {
    const [stored] = await documents.load([candidate.document.id]);
    if (!stored) continue;
    const [first] = passagesOf(candidate, stored, found.leastSimilarity);
    if (first) best.push({ signs: signsOf(first, rank), stored });
  }
  return best;
}

async function askedQuestions(): Promise<Told<keyof Signs>[]> {
  const parts = await partsOf(await pagesIn(SEEDS));
  const told: Told<keyof Signs>[] = [];
  for (const { query, gold, half, voice = half } of seedQuestions()) {
    if (half === 'unseen' || half === 'held') continue;
    const [best] = await signsOfBest(parts, clean(query), { sight: 'everything' }, 1);
    if (!best) continue;
    const right = gold.length > 0;
    const [page = `not answered, ${query.length % 10}`] = gold;
    told.push({
      signs: best.signs,
      right,
      groups: { page, voice },
      kind: right ? 'asked' : voice === 'near' ? 'near' : 'off',
      note: `${best.stored.document.source} | ${query}`,
    });
  }
  return told;
}

/** So many incidents are what a team remembers in its first weeks; neighbours in the file are about the same. */
const SMALL_MEMORY = 10;
const SHOWN = 3;

/** Every paraphrase with its incident in memory, and every report without it, in large and in small memories. */
async function comeBack(): Promise<Told<keyof ReturnSigns>[]> {
  const seeds = await pagesIn(SEEDS);
  const told: Told<keyof ReturnSigns>[] = [];
  for (const set of ['incidents', 'recurrences'] as const) {
    const reports = writtenReports(set);
    told.push(...(await comeBackIn(reports, seeds, '')));
    for (let start = 0; start < reports.length; start += SMALL_MEMORY) {
      const few = reports.slice(start, start + SMALL_MEMORY);
      // Without runbooks beside them, too: then there is next to nothing that says which words are rare.
      const beside = start % (2 * SMALL_MEMORY) === 0 ? seeds : [];
      told.push(...(await comeBackIn(few, beside, ', small memory')));
    }
  }
  return told;
}

async function comeBackIn(
  reports: readonly WrittenReport[],
  beside: readonly StoredDocument[],
  size: string,
): Promise<Told<keyof ReturnSigns>[]> {
  const past = reports.map((one) => incidentDocument(resolvedFrom(one), new Date(0)));
  const parts = await partsOf([...past, ...beside]);
  const told: Told<keyof ReturnSigns>[] = [];
  for (const { id, text, paraphrases, others, half } of reports) {
    if (half === 'held') continue;
    const own = incidentDocumentId(id);
    const asked = [
      ...paraphrases.map((said) => ({ said, known: true, kind: 'again' })),
      ...others.map((said) => ({ said, known: true, kind: 'other' })),
      ...[text, ...paraphrases].map((said) => ({ said, known: false, kind: 'new' })),
    ];
    for (const { said, known, kind } of asked) {
      const filter: FinderFilter = {
        sight: 'everything',
        collection: INCIDENTS,
        kind: 'incident',
        ...(known ? {} : { exceptDocument: own }),
      };
      for (const { signs, stored } of await signsOfBest(parts, clean(said), filter, SHOWN)) {
        const [report] = stored.chunks;
        const right = kind === 'again' && stored.document.id === own;
        const { compared, ...rest } = returnSigns(signs, said, report?.text ?? '');
        told.push({
          signs: rest,
          right,
          groups: { incident: id },
          kind: `${right || kind !== 'again' ? kind : 'new'}${size}`,
          ruledOut: compared.different,
          note: `${stored.document.title} | ${said}`,
        });
      }
    }
  }
  return told;
}

/** How likely each is, by a fit that saw nothing of its group; small groups are left out together. */
function withoutOwn<Sign extends string>(
  told: readonly Told<Sign>[],
  names: readonly Sign[],
  way: string,
): number[] {
  const values = [...new Set(told.map(({ groups }) => groups[way]))];
  const foldOf = new Map(values.map((value, i) => [value, i % MOST_FOLDS]));
  const fold = ({ groups }: Told<Sign>) => foldOf.get(groups[way]);
  const fits = new Map(
    [...new Set(told.map(fold))].map((left) => [
      left,
      fitLikelihood(
        told.filter((one) => fold(one) !== left),
        names,
      ),
    ]),
  );
  return told.map((one) => {
    const fit = fits.get(fold(one));
    return fit ? likelihood(one.signs, fit) : 0;
  });
}

function report<Sign extends string>(
  title: string,
  told: readonly Told<Sign>[],
  names: readonly Sign[],
  kinds: readonly string[],
  least: readonly number[],
): void {
  const all = fitLikelihood(told, names);
  const ways = Object.keys(told[0]?.groups ?? {});
  const rows = [
    ...ways.map((way) => ({ name: `without its ${way}`, likely: withoutOwn(told, names, way) })),
    { name: 'all', likely: told.map(({ signs }) => likelihood(signs, all)) },
  ];
  process.stdout.write(`${title}\n`);
  printTable([
    ['let through, fitted on', 'at least', ...kinds],
    ...least.flatMap((bound) =>
      rows.map(({ name, likely }) => [
        name,
        bound.toFixed(2),
        ...kinds.map((kind) => {
          const some = likely.flatMap((one, i) =>
            told[i]?.kind === kind ? [told[i].ruledOut ? 0 : one] : [],
          );
          return (some.filter((one) => one >= bound).length / some.length).toFixed(3);
        }),
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

report(
  'A page answers',
  await askedQuestions(),
  ANSWER_SIGNS,
  ['asked', 'off', 'near'],
  [0.3, 0.35, 0.4, 0.45, 0.5],
);
report(
  'An incident comes back',
  await comeBack(),
  RETURN_SIGNS,
  ['again', 'new', 'other', 'again, small memory', 'new, small memory', 'other, small memory'],
  [0.5, 0.6, 0.65, 0.7, 0.75, 0.8],
);
