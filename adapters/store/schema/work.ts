import { sql } from 'drizzle-orm';
import { check, doublePrecision, index, integer, numeric, text } from 'drizzle-orm/pg-core';
import { MODEL_FEATURES } from '../../../src/ports/language-model.ts';
import { TASK_STATES } from '../../../src/ports/task-store.ts';
import { json, moment, oneOf, sitrep } from './base.ts';

/** Work that was asked for, and what language models used and cost. */

export const tasks = sitrep.table(
  'tasks',
  {
    id: text('id').primaryKey(),
    kind: text('kind').notNull(),
    state: text('state', { enum: TASK_STATES }).notNull(),
    progress: doublePrecision('progress').notNull(),
    request: json('request').notNull(),
    result: json('result'),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [
    check('tasks_state', oneOf(table.state, TASK_STATES)),
    check('tasks_progress', sql`${table.progress} between 0 and 1`),
    index('tasks_by_age').on(table.updatedAt),
  ],
);

export const usage = sitrep.table(
  'usage',
  {
    id: text('id').primaryKey(),
    provider: text('provider').notNull(),
    model: text('model').notNull(),
    feature: text('feature', { enum: MODEL_FEATURES }).notNull(),
    channel: text('channel'),
    inputTokens: integer('input_tokens').notNull(),
    outputTokens: integer('output_tokens').notNull(),
    /** Decimal, so that a sum is the same in any order. */
    usd: numeric('usd', { mode: 'number' }).notNull(),
    at: moment('at').notNull(),
  },
  (table) => [
    check('usage_feature', oneOf(table.feature, MODEL_FEATURES)),
    check('usage_tokens', sql`${table.inputTokens} >= 0 and ${table.outputTokens} >= 0`),
    // "Not a number" is greater than every number here.
    check('usage_usd', sql`${table.usd} between 0 and 1e9`),
    index('usage_by_time').on(table.at),
  ],
);
