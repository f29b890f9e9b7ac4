import type { KnownDocument, StoredDocument } from '../../src/ports/document-store.ts';
import { pairsOf, termsOf } from '../text/index.ts';
import {
  BODY,
  FIELDS,
  HEADING,
  LABELS,
  LEAD,
  labelsOf,
  leadOf,
  NAME,
  nameOf,
  TITLE,
} from './fields.ts';
import { createNumberList, type NumberList } from './numbers.ts';
import { createPostings, type Postings } from './postings.ts';

export type Entry = {
  document: KnownDocument;
  /** Its chunks are the first units, in their order; what describes it as a whole follows. */
  firstUnit: number;
  endUnit: number;
  chunkIds: string[];
  /** The terms of its title, and those of its name. */
  names: number[][];
};

/**
 * Everything that the lexical index knows, in lists of numbers. A document is a row of units: its chunks, then
 * its title, name, headings and labels. Postings say which term is in which unit.
 */
export type Hold = {
  postings: Postings;
  /** Of each term: in how many documents it is. */
  documentCounts: NumberList<typeof Uint32Array>;
  entries: Entry[];
  alive: NumberList<typeof Uint8Array>;
  /** Terms in all chunks of the document. */
  lengths: NumberList<typeof Uint32Array>;
  unitDocument: NumberList<typeof Uint32Array>;
  unitField: NumberList<typeof Uint8Array>;
  unitLength: NumberList<typeof Uint32Array>;
  byId: Map<string, number>;
  byChunk: Map<string, number>;
  deadUnits: number;
  norms: Norms | undefined;
};

/** What to multiply a count by, for the length of where it stands. */
export type Norms = {
  /** Of a unit as a part of its document. */
  inDocument: Float32Array;
  /** Of a chunk by itself. */
  alone: Float32Array;
};

export function createHold(): Hold {
  return {
    postings: createPostings(),
    documentCounts: createNumberList(Uint32Array),
    entries: [],
    alive: createNumberList(Uint8Array),
    lengths: createNumberList(Uint32Array),
    unitDocument: createNumberList(Uint32Array),
    unitField: createNumberList(Uint8Array),
    unitLength: createNumberList(Uint32Array),
    byId: new Map(),
    byChunk: new Map(),
    deadUnits: 0,
    norms: undefined,
  };
}

export function addDocument(hold: Hold, { document, chunks }: StoredDocument): void {
  const firstUnit = hold.unitDocument.length;
  const seen = new Set<number>();
  let length = 0;
  chunks.forEach(({ id, section, text }) => {
    hold.byChunk.set(id, hold.unitDocument.length);
    length += addUnit(hold, BODY, `${section.join('\n')}\n${text}`, seen);
  });
  const name = nameOf(document.source);
  addUnit(hold, TITLE, document.title, seen);
  addUnit(hold, NAME, name, seen);
  addUnit(hold, HEADING, [...new Set(chunks.flatMap(({ section }) => section))].join('\n'), seen);
  addUnit(hold, LABELS, labelsOf(document), seen);
  addUnit(hold, LEAD, leadOf(chunks[0]?.text ?? ''), seen);
  addEntry(
    hold,
    {
      document,
      firstUnit,
      endUnit: hold.unitDocument.length,
      chunkIds: chunks.map(({ id }) => id),
      names: [document.title, name].map((text) => namingTerms(hold, text)),
    },
    length,
  );
  for (const term of seen) count(hold, term);
}

function addUnit(hold: Hold, field: number, text: string, seen: Set<number>): number {
  const unit = hold.unitDocument.length;
  // By term first: this map is small and quick, the one of all terms is neither.
  const counts = new Map<string, number>();
  const terms = termsOf(text);
  for (const { term } of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  if (field !== BODY) {
    for (const pair of pairsOf(terms)) counts.set(pair, 1);
  }
  for (const [term, times] of counts) {
    const id = hold.postings.termId(term);
    hold.postings.add(id, unit, times);
    seen.add(id);
  }
  hold.unitDocument.push(hold.entries.length);
  hold.unitField.push(field);
  hold.unitLength.push(terms.length);
  return terms.length;
}

function namingTerms(hold: Hold, text: string): number[] {
  const parts = termsOf(text).filter(({ term }) => !term.startsWith('='));
  return [...new Set(parts.map(({ term }) => hold.postings.termId(term)))];
}

function addEntry(hold: Hold, entry: Entry, length: number): void {
  hold.byId.set(entry.document.id, hold.entries.length);
  hold.entries.push(entry);
  hold.lengths.push(length);
  hold.alive.push(1);
  hold.norms = undefined;
}

function count(hold: Hold, term: number): void {
  while (hold.documentCounts.length <= term) hold.documentCounts.push(0);
  hold.documentCounts.values[term] = (hold.documentCounts.values[term] ?? 0) + 1;
}

/** It stays in the lists, only marked. */
export function dropDocument(hold: Hold, documentId: string): void {
  const ordinal = hold.byId.get(documentId);
  const entry = ordinal === undefined ? undefined : hold.entries[ordinal];
  if (ordinal === undefined || !entry) return;
  hold.byId.delete(documentId);
  for (const id of entry.chunkIds) hold.byChunk.delete(id);
  hold.alive.values[ordinal] = 0;
  hold.deadUnits += entry.endUnit - entry.firstUnit;
  hold.norms = undefined;
}

/** The same without what was dropped, made from the lists alone: the texts are not needed for it. */
export function withoutDropped(old: Hold): Hold {
  const hold = createHold();
  const movedTo = new Map<number, number>();
  const termIds = new Map<number, number>();
  const termId = (term: number, name: string) => {
    const id = hold.postings.termId(name);
    termIds.set(term, id);
    return id;
  };
  const newUnit = new Int32Array(old.unitDocument.length).fill(-1);
  old.entries.forEach((entry, ordinal) => {
    if (!old.alive.values[ordinal]) return;
    movedTo.set(ordinal, hold.entries.length);
    const firstUnit = hold.unitDocument.length;
    for (let unit = entry.firstUnit; unit < entry.endUnit; unit++) {
      newUnit[unit] = hold.unitDocument.length;
      hold.unitDocument.push(hold.entries.length);
      hold.unitField.push(old.unitField.values[unit] ?? 0);
      hold.unitLength.push(old.unitLength.values[unit] ?? 0);
    }
    entry.chunkIds.forEach((id, i) => {
      hold.byChunk.set(id, firstUnit + i);
    });
    const moved = { ...entry, firstUnit, endUnit: hold.unitDocument.length };
    addEntry(hold, moved, old.lengths.values[ordinal] ?? 0);
  });
  for (const [name, term] of old.postings.names()) {
    let last = -1;
    old.postings.each(term, (unit, times) => {
      const moved = newUnit[unit] ?? -1;
      if (moved < 0) return;
      const id = termId(term, name);
      hold.postings.add(id, moved, times);
      const document = hold.unitDocument.values[moved] ?? 0;
      if (document !== last) count(hold, id);
      last = document;
    });
  }
  for (const entry of hold.entries) {
    entry.names = entry.names.map((terms) => terms.map((term) => termIds.get(term) ?? 0));
  }
  return hold;
}

export function normsOf(hold: Hold): Norms {
  if (hold.norms) return hold.norms;
  const units = hold.unitDocument.length;
  const totals = FIELDS.map(() => ({ units: 0, length: 0 }));
  for (let unit = 0; unit < units; unit++) {
    const total = totals[hold.unitField.values[unit] ?? 0];
    if (!total || !hold.alive.values[hold.unitDocument.values[unit] ?? 0]) continue;
    total.units += 1;
    total.length += hold.unitLength.values[unit] ?? 0;
  }
  const averages = totals.map(({ units: of, length }) => length / Math.max(1, of) || 1);
  const averageDocument = (totals[BODY]?.length ?? 0) / Math.max(1, hold.byId.size) || 1;
  const inDocument = new Float32Array(units);
  const alone = new Float32Array(units);
  for (let unit = 0; unit < units; unit++) {
    const field = hold.unitField.values[unit] ?? 0;
    const { weight = 1, flatness = 0 } = FIELDS[field] ?? {};
    const relative = (hold.unitLength.values[unit] ?? 0) / (averages[field] ?? 1);
    const whole = (hold.lengths.values[hold.unitDocument.values[unit] ?? 0] ?? 0) / averageDocument;
    alone[unit] = 1 / (1 - flatness + flatness * relative);
    inDocument[unit] = weight / (1 - flatness + flatness * (field === BODY ? whole : relative));
  }
  hold.norms = { inDocument, alone };
  return hold.norms;
}
