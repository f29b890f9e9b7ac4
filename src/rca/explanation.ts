import { z } from 'zod';
import { AUDIENCES } from '../domain/rca.ts';

/** A root cause in plain words, with how it came about. The first seven fields are the contract's. */
export const explanationSchema = z.object({
  /** Votes name it. Missing where it could not be stored. */
  id: z.string().optional(),
  explanation: z.string(),
  /** Of all calls that were made for it, those whose words were thrown away included. */
  tokensUsed: z.number(),
  provider: z.string(),
  model: z.string(),
  generatedAt: z.string(),
  cached: z.boolean(),
  /** With `cached`: told of this very analysis, or of one that says the same in other words. */
  cachedFrom: z.enum(['same', 'similar']).optional(),
  generationTimeMs: z.number(),
  audience: z.enum(AUDIENCES),
  /** Whether every sentence of it was traced to the analysis. */
  verified: z.boolean(),
  /** What a model wrote and nobody gets to see, with the reason. */
  dropped: z.array(z.object({ sentence: z.string(), reason: z.string() })),
  /** Why this is not what was asked for, as a sentence. */
  degraded: z.string().optional(),
  /** What of the analysis was not looked at, as a sentence. */
  leftOut: z.string().optional(),
  promptId: z.string(),
  promptVersion: z.string(),
  promptHash: z.string(),
  sourceHash: z.string(),
  readingGrade: z.number(),
  jargon: z.array(z.string()),
});
export type Explanation = z.infer<typeof explanationSchema>;

/** An explanation as it is made, before it is known how it reaches whoever asked. */
export type Told = Omit<
  Explanation,
  'id' | 'cached' | 'cachedFrom' | 'generationTimeMs' | 'generatedAt'
>;
