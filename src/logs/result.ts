import { z } from 'zod';
import { severitySchema } from '../domain/taxonomy.ts';
import { LEVEL_NAMES } from './headers/levels.ts';

const levelSchema = z.enum(LEVEL_NAMES);

const variableSchema = z.object({
  /** The word that announces it in the line. */
  name: z.string(),
  distinct: z.number().int(),
  /** False when `distinct` is an estimate: the values are too many to be counted one by one. */
  exact: z.boolean(),
  top: z.array(z.object({ value: z.string(), count: z.number().int() })),
});

const patternSchema = z.object({
  id: z.string(),
  template: z.string(),
  count: z.number().int(),
  share: z.number().min(0).max(1),
  level: levelSchema,
  /** How many of its lines are errors by what they say of themselves. */
  errors: z.number().int(),
  firstLine: z.number().int(),
  lastLine: z.number().int(),
  firstAt: z.iso.datetime().optional(),
  lastAt: z.iso.datetime().optional(),
  perMinute: z.number().optional(),
  /** Its share of the lines, over its share in the baseline; absent without one, or when it is new. */
  change: z.number().optional(),
  isNew: z.boolean(),
  example: z.string(),
  variables: z.array(variableSchema),
});
export type LogPattern = z.infer<typeof patternSchema>;

const anomalySchema = z.object({
  kind: z.enum(['new', 'burst', 'silence']),
  templateId: z.string(),
  template: z.string(),
  severity: severitySchema,
  score: z.number(),
  observed: z.number().int(),
  expected: z.number(),
  /** When it began, by the log's own clock. */
  at: z.iso.datetime().optional(),
  description: z.string(),
  example: z.string(),
});
export type LogAnomaly = z.infer<typeof anomalySchema>;

export const logAnalysisResultSchema = z.object({
  summary: z.string(),
  anomalies: z.array(anomalySchema),
  patterns: z.array(patternSchema),
  severity: severitySchema,
  suggestedActions: z.array(z.string()),
  lines: z.object({
    total: z.number().int(),
    /** Lines that belong to the one before them. */
    continuations: z.number().int(),
    cut: z.number().int(),
    withHeader: z.number().int(),
    errors: z.number().int(),
    baseline: z.number().int().optional(),
  }),
  span: z.object({ from: z.iso.datetime(), to: z.iso.datetime() }).optional(),
  timeline: z.array(
    z.object({ label: z.string(), lines: z.number().int(), errors: z.number().int() }),
  ),
  templates: z.number().int(),
});
export type LogAnalysisResult = z.infer<typeof logAnalysisResultSchema>;
