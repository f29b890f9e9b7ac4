import { z } from 'zod';
import { actionSchema, categorySchema, severitySchema } from './taxonomy.ts';

/** The steps of the ladder, cheapest first. */
export const RUNGS = ['fast', 'retrieval', 'escalation'] as const;
const rungSchema = z.enum(RUNGS);
export type Rung = z.infer<typeof rungSchema>;

/** Field names follow the escalation contract, which others read. */
export const uncertaintySchema = z.object({
  mc_dropout: z.number().min(0),
  margin: z.number().min(0).max(1),
  entropy: z.number().min(0),
  should_escalate: z.boolean(),
});
export type Uncertainty = z.infer<typeof uncertaintySchema>;

export const probabilitiesSchema = z.record(categorySchema, z.number().min(0).max(1));
export type Probabilities = z.infer<typeof probabilitiesSchema>;

/** What one look at the text concluded, before anybody decides what to do about it. */
export const verdictSchema = z.object({
  category: categorySchema,
  severity: severitySchema,
  action: actionSchema,
  confidence: z.number().min(0).max(1),
  probabilities: probabilitiesSchema,
  uncertainty: uncertaintySchema,
  /** Words of the report that spoke for the verdict, strongest first. */
  because: z.array(z.string()),
  /** Words that spoke against it, strongest first. */
  despite: z.array(z.string()),
  modelVersion: z.string(),
});
export type Verdict = z.infer<typeof verdictSchema>;

/** Something that the verdict rests on and that can be opened. */
export const citationSchema = z.object({
  kind: z.enum(['page', 'incident']),
  /** Relative to the ingested path, or `incident/<id>`. */
  source: z.string(),
  title: z.string(),
  href: z.url({ protocol: /^https?$/ }).optional(),
  quote: z.string().optional(),
  score: z.number().min(0).max(1),
});
export type Citation = z.infer<typeof citationSchema>;

/** A past incident that is like this one, with what helped then. */
const similarIncidentSchema = z.object({
  id: z.string(),
  title: z.string(),
  href: z.url({ protocol: /^https?$/ }).optional(),
  fix: z.string().optional(),
  resolvedAt: z.coerce.date(),
  score: z.number().min(0).max(1),
  recurrence: z.boolean(),
});

/** One thing to do next. */
export const stepSchema = z.object({
  text: z.string(),
  command: z.string().optional(),
  /** Never offered as a button, always marked. */
  dangerous: z.boolean().default(false),
  /** Tells whether it worked. */
  check: z.string().optional(),
  risk: z.string().optional(),
  rollback: z.string().optional(),
  /** The title of what it comes from: a runbook, a past incident. */
  from: z.string().optional(),
});
export type Step = z.infer<typeof stepSchema>;

export const triageDetailSchema = z.object({
  /** Who judged: the local model, a language model, a backend or the panel by name. */
  by: z.string().default('the local model'),
  reasoning: z.string().optional(),
  citations: z.array(citationSchema).default([]),
  similar: z.array(similarIncidentSchema).default([]),
  steps: z.array(stepSchema).default([]),
  /** The other side's name for its work on this incident. */
  workflowId: z.string().optional(),
  /** Who was called, in words for people. */
  called: z.string().optional(),
});
export type TriageDetail = z.infer<typeof triageDetailSchema>;

/** One versioned verdict on an incident. */
export const triageSchema = verdictSchema.extend({
  id: z.string(),
  incidentId: z.string(),
  version: z.number().int().min(1),
  rung: rungSchema,
  /** Its rung takes it: confident enough and uncertainty low. */
  sure: z.boolean(),
  /** Says which evidence was read, so that a repeated job does not judge the same evidence twice. */
  evidenceKey: z.string(),
  /** Parts that were away while deciding, in words for people. */
  degraded: z.array(z.string()),
  detail: triageDetailSchema,
  createdAt: z.date(),
});
export type Triage = z.infer<typeof triageSchema>;
