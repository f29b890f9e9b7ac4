import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  text,
  unique,
} from 'drizzle-orm/pg-core';
import { ACTIONS, CATEGORIES, SEVERITIES } from '../../../src/domain/taxonomy.ts';
import type { PastIncident } from '../../../src/ports/knowledge.ts';
import { moment, oneOf, sitrep } from './base.ts';

/** The knowledge base: its text and the truth about what is in it. */

const KINDS = ['page', 'incident'] as const;

/** JSON has no dates. */
export type StoredPastIncident = Omit<PastIncident, 'resolvedAt'> & { resolvedAt: string };

export const documents = sitrep.table(
  'documents',
  {
    id: text('id').primaryKey(),
    collection: text('collection').notNull(),
    /** Relative to the ingested path. */
    source: text('source').notNull(),
    kind: text('kind', { enum: KINDS }).notNull(),
    title: text('title').notNull(),
    /** Unchanged files are skipped by it. */
    checksum: text('checksum').notNull(),
    href: text('href'),
    category: text('category', { enum: CATEGORIES }),
    severity: text('severity', { enum: SEVERITIES }),
    action: text('action', { enum: ACTIONS }),
    service: text('service'),
    tags: jsonb('tags').$type<string[]>().notNull(),
    incident: jsonb('incident').$type<StoredPastIncident>(),
    ingestedAt: moment('ingested_at').notNull(),
    change: bigint('change', { mode: 'number' }).notNull().unique(),
  },
  (table) => [
    unique('documents_source').on(table.collection, table.source),
    check('documents_kind', oneOf(table.kind, KINDS)),
    check('documents_category', oneOf(table.category, CATEGORIES)),
    check('documents_severity', oneOf(table.severity, SEVERITIES)),
    check('documents_action', oneOf(table.action, ACTIONS)),
    check('documents_incident', sql`${table.kind} = 'incident' or ${table.incident} is null`),
  ],
);

export const chunks = sitrep.table(
  'chunks',
  {
    id: text('id').primaryKey(),
    documentId: text('document_id')
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    section: jsonb('section').$type<string[]>().notNull(),
    text: text('text').notNull(),
    line: integer('line').notNull(),
    checksum: text('checksum').notNull(),
  },
  (table) => [
    index('chunks_of_document').on(table.documentId, table.position),
    check('chunks_place', sql`${table.position} >= 0 and ${table.line} >= 1`),
  ],
);

/** What is gone, for readers that have it still. */
export const removedDocuments = sitrep.table(
  'removed_documents',
  {
    id: text('id').primaryKey(),
    change: bigint('change', { mode: 'number' }).notNull(),
  },
  (table) => [index('removed_documents_by_change').on(table.change)],
);

/**
 * One row with the number of the last change, locked by a writer from taking the number until the commit, as
 * in `console_changes`. Removals up to `forgotten` are not kept any more.
 */
export const documentChanges = sitrep.table(
  'document_changes',
  {
    one: boolean('one').primaryKey(),
    last: bigint('last', { mode: 'number' }).notNull(),
    forgotten: bigint('forgotten', { mode: 'number' }).notNull(),
  },
  (table) => [
    check('document_changes_one_row', sql`${table.one}`),
    check('document_changes_order', sql`${table.forgotten} between 0 and ${table.last}`),
  ],
);

/** What was asked, with secrets taken out, and what was found: what is often missed is a page to be written. */
export const retrievals = sitrep.table(
  'retrievals',
  {
    position: bigint('position', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: moment('at').notNull(),
    question: text('question').notNull(),
    collection: text('collection'),
    results: jsonb('results').$type<{ documentId: string; score: number }[]>().notNull(),
    fits: boolean('fits').notNull(),
    degraded: boolean('degraded').notNull(),
    ms: doublePrecision('ms').notNull(),
  },
  (table) => [
    index('retrievals_by_time').on(table.at),
    check('retrievals_ms', sql`${table.ms} >= 0`),
  ],
);
