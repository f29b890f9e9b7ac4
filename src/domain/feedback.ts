import { z } from 'zod';
import { voteValueSchema } from './event.ts';
import { categorySchema, severitySchema } from './taxonomy.ts';

/** A person's opinion on a triage; each person has at most one live vote on an incident. */
export const voteSchema = z.object({
  incidentId: z.string(),
  triageVersion: z.number().int().min(0),
  voterKey: z.string(),
  voterName: z.string(),
  value: voteValueSchema,
  /** The right label, when the voter gave one. */
  correction: categorySchema.optional(),
  correctedSeverity: severitySchema.optional(),
  /** What was wrong, in the voter's words. */
  note: z.string().optional(),
  at: z.date(),
});
export type Vote = z.infer<typeof voteSchema>;

export type VoteTally = { up: number; down: number };
