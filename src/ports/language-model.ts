import type { z } from 'zod';
import type { CleanText } from '../domain/clean-text.ts';

/** What a model is asked for: accounting, budgets and metrics go by it. */
export const MODEL_FEATURES = ['retrieval', 'panel', 'explanation', 'answer'] as const;
export type ModelFeature = (typeof MODEL_FEATURES)[number];

export type ModelCall = {
  feature: ModelFeature;
  /** The channel that it is done for, when there is one. */
  channel?: string;
  instructions: CleanText;
  input: CleanText;
  /** Ends the call early: the caller no longer needs the answer. */
  signal?: AbortSignal;
};

export type StructuredCall<Value> = ModelCall & {
  /** A name for the shape, as providers want one: letters, digits, `_`. */
  name: string;
  schema: z.ZodType<Value>;
};

/** What a call used and what that cost by the price table. */
export type ModelUse = {
  provider: string;
  model: string;
  inputTokens: number;
  outputTokens: number;
  usd: number;
};

/**
 * A language model, or a chain of them. Fails with an `AppError`: `rate_limited` also for a budget that is
 * used up, `timeout`, `unavailable`, or `bad_request` for an answer that does not fit its schema after one
 * repair, and for a refusal.
 */
export interface LanguageModel {
  /** Who would be asked first: part of what a cached answer depends on. */
  readonly provider: string;
  readonly model: string;
  /**
   * `onText` hears the answer as it comes, for callers that can show it. After a broken first attempt the rest
   * is not streamed: the returned text counts, not the joined pieces.
   */
  write(
    call: ModelCall,
    onText?: (piece: string) => void,
  ): Promise<{ text: string; use: ModelUse }>;
  /** An answer in the shape of the schema, checked. */
  answer<Value>(call: StructuredCall<Value>): Promise<{ value: Value; use: ModelUse }>;
}
