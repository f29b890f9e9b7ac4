import { AppError } from '../../src/domain/errors.ts';
import type { Embedder } from '../../src/ports/embedder.ts';
import { conceptsOf, pairsOf, readAlertText, termsOf } from '../text/index.ts';
import { MEANING_DIMENSIONS, meaningOf, wordWeight } from './word-meaning.ts';

/** Count it up with every change that moves vectors, of features, weights or the word table. */
export const LOCAL_EMBEDDER_ID = 'local-2';
const DIMENSIONS = 384;
const FORM_DIMENSIONS = DIMENSIONS - MEANING_DIMENSIONS;
/** How much of the similarity is of meaning; the rest is of form. */
const MEANING_SHARE = 0.42;
/** Every feature of form lies in so many dimensions: two that share one are told apart by the others. */
const SPREAD = 4;

/** How much a kind of feature counts against a word. */
const PAIR = 0.5;
const WHOLE_NAME = 0.8;
const CONCEPT = 0.6;
/** All pieces of a word together. */
const PIECES = 0.6;
const PIECE = 4;
const SHORTEST_WITH_PIECES = 5;
/** A passage begins with its title, which says what it is about ... */
const FIRST_LINE = 3;
/** ... and what follows says it first and goes into detail later: after so many characters a word counts half. */
const FADES_AFTER = 300;
const LEAST = 0.2;
/** Against prose: commands are much the same on every page. */
const CODE = 0.5;
/** Between turns of the event loop: others want to be served during an ingest. */
const TEXTS_A_TURN = 16;

/**
 * Half of a vector is meaning, learnt from which words are used in the same incidents; half is form: words,
 * neighbouring words, pieces of words and what else people call them, each thrown by its hash into a few
 * dimensions, so that names nobody has seen before count as well. It needs no model, no download and no
 * network, and says the same everywhere and always.
 */
export function createLocalEmbedder(): Embedder {
  return {
    id: LOCAL_EMBEDDER_ID,
    dimensions: DIMENSIONS,
    async embed(texts, purpose, signal) {
      const vectors: number[][] = [];
      for (const text of texts) {
        if (vectors.length % TEXTS_A_TURN === TEXTS_A_TURN - 1) await nextTurn();
        if (signal?.aborted) throw new AppError('timeout', 'Embedding was called off.');
        vectors.push(localVector(text, purpose));
      }
      return vectors;
    },
  };
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** Terms and pairs of terms, each by how often it is said, the first line counting more. */
type Strengths = { terms: Map<string, number>; pairs: Map<string, number> };

function strengthsOf(text: string, purpose: 'passage' | 'query'): Strengths {
  const strengths: Strengths = { terms: new Map(), pairs: new Map() };
  const read = (part: string, strength: number) => {
    const terms = termsOf(part);
    for (const { term } of terms) raise(strengths.terms, term, strength);
    for (const pair of pairsOf(terms)) raise(strengths.pairs, pair, strength);
  };
  if (purpose === 'query') {
    read(readAlertText(text).telling, 1);
    return strengths;
  }
  const [title = '', ...lines] = text.split('\n');
  read(title, FIRST_LINE);
  let before = 0;
  let isCode = false;
  for (const line of lines) {
    if (line.trimStart().startsWith('```')) isCode = !isCode;
    const faded = Math.max(LEAST, 1 / (1 + before / FADES_AFTER));
    read(line, isCode ? CODE * faded : faded);
    before += line.length;
  }
  return strengths;
}

function raise(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

export function localVector(text: string, purpose: 'passage' | 'query'): number[] {
  const strengths = strengthsOf(text, purpose);
  const meaning = unitLength(meaningVector(strengths));
  const form = unitLength(formVector(strengths));
  // A text of unknown words has form only, one without any word neither.
  const share = meaning && form ? MEANING_SHARE : meaning ? 1 : 0;
  const vector = [
    ...scaled(meaning ?? new Float64Array(MEANING_DIMENSIONS), Math.sqrt(share)),
    ...scaled(form ?? new Float64Array(FORM_DIMENSIONS), Math.sqrt(1 - share)),
  ];
  if (!meaning && !form) vector[DIMENSIONS - 1] = 1;
  return vector;
}

const scaled = (vector: Float64Array, by: number) => Array.from(vector, (value) => value * by);

function unitLength(vector: Float64Array): Float64Array | undefined {
  const length = Math.hypot(...vector);
  return length === 0 ? undefined : vector.map((value) => value / length);
}

function meaningVector({ terms }: Strengths): Float64Array {
  const sum = new Float64Array(MEANING_DIMENSIONS);
  for (const [term, strength] of terms) {
    const meaning = meaningOf(term);
    if (!meaning) continue;
    const weight = meaning.weight ** 2 * Math.log(1 + strength);
    meaning.vector.forEach((value, i) => {
      sum[i] = (sum[i] ?? 0) + weight * value;
    });
  }
  return sum;
}

function formVector(strengths: Strengths): Float64Array {
  const vector = new Float64Array(FORM_DIMENSIONS);
  const concepts = new Map<string, number>();
  const nearTo = (key: string, weight: number) => {
    for (const { concept, nearness } of conceptsOf(key)) {
      concepts.set(concept, Math.max(concepts.get(concept) ?? 0, weight * nearness));
    }
  };
  for (const [term, strength] of strengths.terms) {
    const telling = term.startsWith('=') ? WHOLE_NAME : wordWeight(term);
    const weight = telling * Math.log(1 + strength);
    spread(vector, term, weight);
    nearTo(term, weight);
    const pieces = piecesOf(term);
    for (const piece of pieces) {
      spread(vector, `~${piece}`, (weight * PIECES) / Math.sqrt(pieces.length));
    }
  }
  for (const [pair, strength] of strengths.pairs) {
    const [first = '', second = ''] = pair.split(' ');
    const telling = Math.sqrt(wordWeight(first) * wordWeight(second));
    const weight = telling * Math.log(1 + strength);
    spread(vector, pair, PAIR * weight);
    nearTo(pair, weight);
  }
  for (const [concept, weight] of concepts) spread(vector, `@${concept}`, weight * CONCEPT);
  return vector;
}

function piecesOf(term: string): string[] {
  if (term.length < SHORTEST_WITH_PIECES) return [];
  const bounded = `^${term.replace('=', '')}`;
  const pieces: string[] = [];
  for (let at = 0; at + PIECE <= bounded.length; at++) pieces.push(bounded.slice(at, at + PIECE));
  return pieces;
}

function spread(vector: Float64Array, feature: string, weight: number): void {
  let hash = hashOf(feature);
  for (let i = 0; i < SPREAD; i++) {
    hash = scramble(hash + i);
    const dimension = (hash >>> 1) % vector.length;
    vector[dimension] = (vector[dimension] ?? 0) + (hash & 1 ? weight : -weight);
  }
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** The last steps of MurmurHash3: every bit of the number reaches every other. */
function scramble(value: number): number {
  let hash = value >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
