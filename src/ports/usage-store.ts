import type { ModelFeature, ModelUse } from './language-model.ts';

export type UsageEntry = ModelUse & {
  id: string;
  feature: ModelFeature;
  channel?: string;
  at: Date;
};

export type UsageSum = { tokens: number; usd: number };

/** What language models were used for and what it cost. */
export interface UsageStore {
  /** An entry whose id is there already is not counted twice. */
  add(entry: UsageEntry): Promise<void>;
  since(at: Date): Promise<UsageSum>;
  /** By feature and model, dearest first. */
  byFeature(since: Date): Promise<(UsageSum & { feature: ModelFeature; model: string })[]>;
}
