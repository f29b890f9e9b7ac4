import { z } from 'zod';
import { actionSchema, categorySchema, severitySchema } from './taxonomy.ts';

/** The steps of the ladder, cheapest first. */
export const RUNGS = ['fast', 'retrieval', 'escalation'] as const;
const rungSchema = z.enum(RUNGS);

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

/** One versioned verdict on an incident. */
export const triageSchema = verdictSchema.extend({
  id: z.string(),
  incidentId: z.string(),
  version: z.number().int().min(1),
  rung: rungSchema,
  /** Says which evidence was read, so that a repeated job does not judge the same evidence twice. */
  evidenceKey: z.string(),
  /** Parts that were away while deciding, in words for people. */
  degraded: z.array(z.string()),
  createdAt: z.date(),
});
export type Triage = z.infer<typeof triageSchema>;
