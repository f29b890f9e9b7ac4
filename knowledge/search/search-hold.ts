import type { KnownDocument } from '../../src/ports/document-store.ts';
import { BODY } from './fields.ts';
import { type Hold, normsOf } from './hold.ts';
import { type QueryTerm, queryTermsOf } from './query-terms.ts';
import { strangenessTo } from './subjects.ts';

/** How well a document fits a question, each from 0 to 1 and comparable between questions. */
export type Evidence = {
  /** BM25 over its fields, against the most that it could be. */
  lexical: number;
  /** The same of its best passage alone. */
  passage: number;
  /** The share of the question's information that it mentions at all. */
  coverage: number;
  /** The share of its title's, or of its name's, information that the question mentions. */
  title: number;
  /** The share of the products and everyday matters named in the question that the document does not name. */
  foreign: number;
};

export type LexicalHit = {
  document: KnownDocument;
  evidence: Evidence;
  /** All its passages, best first. */
  chunks: { id: string; score: number }[];
};

export type LexicalFound = {
  /** Best first. */
  hits: LexicalHit[];
  /** The share of the question's information that stands anywhere in the knowledge base. */
  known: number;
};

export type LexicalSearch = {
  limit: number;
  /** Without it, every document will do. */
  accepts?: (document: KnownDocument) => boolean;
  /** These documents are weighed too, whatever their rank: what vectors found. */
  also?: ReadonlySet<string>;
};

/** How soon saying it again adds nothing. */
const SATURATION = 1.2;
/** Of a long question, the terms that say most. */
const MOST_QUERY_TERMS = 48;
/** Part of a passage's score that rewards words rare among passages, though every document has them. */
const AMONG_PASSAGES = 0.1;
const MENTIONED = 0.3;
/** Documents that the lists of one search may name in all: some milliseconds. */
const MOST_MENTIONS = 120_000;
/** What else a term is called may cost no more than this share of what is left. */
const SHARE_FOR_ANOTHER_NAME = 0.05;

type Weighed = QueryTerm & { worth: number; worthAmongPassages: number };

export function searchHold(hold: Hold, query: string, options: LexicalSearch): LexicalFound {
  const { postings, entries } = hold;
  const all = weigh(hold, query);
  const total = all.reduce((sum, { worth }) => sum + worth, 0);
  if (total === 0) return { hits: [], known: 0 };
  const known =
    all.reduce(
      (sum, { worth, alternatives }) =>
        sum + (alternatives.some(({ term }) => postings.find(term) !== undefined) ? worth : 0),
      0,
    ) / total;

  const accepted = acceptedOf(hold, options.accepts);
  const { scores, mentioned, unitScores } = tally(hold, all, accepted);
  const ranked = best(scores, options.limit);
  for (const id of options.also ?? []) {
    const ordinal = hold.byId.get(id);
    if (ordinal === undefined || !accepted[ordinal] || ranked.includes(ordinal)) continue;
    ranked.push(ordinal);
  }
  const said = nearnessByTerm(hold, all);
  const foreignness = strangenessTo(hold, query);
  return {
    known,
    hits: ranked.flatMap((ordinal) => {
      const entry = entries[ordinal];
      if (!entry) return [];
      const chunks = entry.chunkIds
        .map((id, i) => ({ id, score: (unitScores[entry.firstUnit + i] ?? 0) / total }))
        .sort((a, b) => b.score - a.score);
      return [
        {
          document: entry.document,
          chunks,
          evidence: {
            lexical: (scores[ordinal] ?? 0) / total,
            passage: Math.min(1, chunks[0]?.score ?? 0),
            coverage: (mentioned[ordinal] ?? 0) / total,
            title: Math.max(0, ...entry.names.map((terms) => shareSaid(hold, terms, said))),
            foreign: foreignness(ordinal),
          },
        },
      ];
    }),
  };
}

type Tally = { scores: Float32Array; mentioned: Float32Array; unitScores: Float32Array };

/** What every document and every unit has of the question. */
function tally(hold: Hold, all: readonly Weighed[], accepted: Uint8Array): Tally {
  const { postings, entries } = hold;
  const norms = normsOf(hold);
  const units = hold.unitDocument.length;
  const scores = new Float32Array(entries.length);
  const mentioned = new Float32Array(entries.length);
  const unitScores = new Float32Array(units);
  const inDocument = new Float32Array(entries.length);
  const inUnit = new Float32Array(units);
  const touchedDocuments = new Uint32Array(entries.length);
  const touchedUnits = new Uint32Array(units);
  const unitDocument = hold.unitDocument.values;
  const unitField = hold.unitField.values;

  for (const { lists, worth, worthAmongPassages } of affordable(hold, all)) {
    let documents = 0;
    let bodies = 0;
    for (const { id, nearness } of lists) {
      postings.each(id, (unit, times) => {
        const document = unitDocument[unit] ?? 0;
        if (!accepted[document]) return;
        const before = inDocument[document] ?? 0;
        if (before === 0) touchedDocuments[documents++] = document;
        const said = nearness * times;
        inDocument[document] = before + said * (norms.inDocument[unit] ?? 0);
        if (unitField[unit] !== BODY) return;
        const inBody = inUnit[unit] ?? 0;
        if (inBody === 0) touchedUnits[bodies++] = unit;
        inUnit[unit] = inBody + said * (norms.alone[unit] ?? 0);
      });
    }
    for (let i = 0; i < documents; i++) {
      const document = touchedDocuments[i] ?? 0;
      const found = inDocument[document] ?? 0;
      scores[document] = (scores[document] ?? 0) + (worth * found) / (SATURATION + found);
      mentioned[document] = (mentioned[document] ?? 0) + (worth * found) / (MENTIONED + found);
      inDocument[document] = 0;
    }
    for (let i = 0; i < bodies; i++) {
      const unit = touchedUnits[i] ?? 0;
      const found = inUnit[unit] ?? 0;
      const gained = (worthAmongPassages * found) / (SATURATION + found);
      unitScores[unit] = (unitScores[unit] ?? 0) + gained;
      inUnit[unit] = 0;
    }
  }
  return { scores, mentioned, unitScores };
}

type Lists = {
  lists: { id: number; nearness: number }[];
  worth: number;
  worthAmongPassages: number;
};

/**
 * The lists that are worth reading, most telling terms first. In a small collection these are all; in one of
 * many thousand documents the words that every fourth page has would take most of the time and tell least.
 */
function* affordable(hold: Hold, all: readonly Weighed[]): Iterable<Lists> {
  let left = MOST_MENTIONS;
  for (const { alternatives, worth, worthAmongPassages } of all) {
    const lists: Lists['lists'] = [];
    for (const [i, { term, nearness }] of alternatives.entries()) {
      const id = hold.postings.find(term);
      if (id === undefined) continue;
      const mentions = hold.documentCounts.values[id] ?? 0;
      if (mentions > (i === 0 ? left : left * SHARE_FOR_ANOTHER_NAME)) continue;
      left -= mentions;
      lists.push({ id, nearness });
    }
    yield { lists, worth, worthAmongPassages };
  }
}

/** Most telling first. */
function weigh(hold: Hold, query: string): Weighed[] {
  const { postings, documentCounts } = hold;
  const countOf = (term: string) => {
    const id = postings.find(term);
    return id === undefined ? 0 : (documentCounts.values[id] ?? 0);
  };
  return queryTermsOf(query, (term) => countOf(term) > 0)
    .map((queryTerm) => {
      // What nobody wrote under this name is as rare as under the next best one.
      const called = queryTerm.alternatives.find(({ term }) => countOf(term) > 0);
      const worth = queryTerm.weight * rarity(countOf(called?.term ?? ''), hold.byId.size);
      return { ...queryTerm, worth, worthAmongPassages: worth + AMONG_PASSAGES * queryTerm.weight };
    })
    .sort((a, b) => b.worth - a.worth)
    .slice(0, MOST_QUERY_TERMS);
}

function rarity(count: number, of: number): number {
  return Math.log(1 + (Math.max(0, of - count) + 0.5) / (count + 0.5));
}

function acceptedOf(hold: Hold, accepts: LexicalSearch['accepts']): Uint8Array {
  const alive = hold.alive.values;
  if (!accepts) return alive;
  return Uint8Array.from(hold.entries, ({ document }, ordinal) =>
    alive[ordinal] && accepts(document) ? 1 : 0,
  );
}

/** The places of the highest scores, highest first. */
function best(scores: Float32Array, limit: number): number[] {
  const kept: number[] = [];
  let least = 0;
  for (let ordinal = 0; ordinal < scores.length; ordinal++) {
    const score = scores[ordinal] ?? 0;
    if (score <= least) continue;
    kept.push(ordinal);
    if (kept.length < limit * 4 + 64) continue;
    kept.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
    kept.length = Math.min(kept.length, limit);
    least = scores[kept[limit - 1] ?? 0] ?? 0;
  }
  kept.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  return kept.slice(0, limit);
}

function nearnessByTerm(hold: Hold, all: readonly Weighed[]): Map<number, number> {
  const said = new Map<number, number>();
  for (const { alternatives } of all) {
    for (const { term, nearness } of alternatives) {
      const id = hold.postings.find(term);
      if (id !== undefined) said.set(id, Math.max(nearness, said.get(id) ?? 0));
    }
  }
  return said;
}

function shareSaid(hold: Hold, terms: readonly number[], said: Map<number, number>): number {
  let all = 0;
  let shared = 0;
  for (const term of terms) {
    const worth = rarity(hold.documentCounts.values[term] ?? 0, hold.byId.size);
    all += worth;
    shared += worth * (said.get(term) ?? 0);
  }
  return all === 0 ? 0 : shared / all;
}
