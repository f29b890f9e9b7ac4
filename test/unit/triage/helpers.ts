import type { Category } from '../../../src/domain/taxonomy.ts';
import {
  type Probabilities,
  type Triage,
  triageDetailSchema,
  type Verdict,
} from '../../../src/domain/triage.ts';
import type { Classifier } from '../../../src/ports/classifier.ts';
import type { Metrics } from '../../../src/ports/metrics.ts';
import { CONTRACT_LADDER, createLadder, type Ladder } from '../../../src/triage/index.ts';
import type { LadderDependencies } from '../../../src/triage/ladder.ts';

export const quiet = { debug() {}, info() {}, warn() {}, error() {} };
export const noMetrics: Metrics = { count() {}, gauge() {}, observe() {} };
export const clock = { now: () => new Date('2026-03-05T10:00:00Z') };

export function createIds() {
  let made = 0;
  return { next: (prefix: string) => `${prefix}_${String(++made).padStart(26, '0')}` };
}

/** Probabilities with these shares, and the rest spread over the others. */
function shares(known: Partial<Record<Category, number>>): Probabilities {
  const names: Category[] = [
    'Network',
    'Database',
    'Application',
    'Security',
    'Hardware',
    'Performance',
  ];
  const left = 1 - Object.values(known).reduce((sum, share) => sum + share, 0);
  const others = names.filter((name) => known[name] === undefined);
  return Object.fromEntries(
    names.map((name) => [name, known[name] ?? left / others.length]),
  ) as Probabilities;
}

export function verdict(
  known: Partial<Record<Category, number>> = { Network: 0.5, Database: 0.3 },
  change: Partial<Verdict> = {},
): Verdict {
  const probabilities = shares(known);
  const [first, second] = Object.entries(probabilities).sort(([, a], [, b]) => b - a);
  return {
    category: (first?.[0] ?? 'Network') as Category,
    severity: 'high',
    action: 'restart',
    confidence: first?.[1] ?? 0,
    probabilities,
    uncertainty: {
      mc_dropout: 0.1,
      margin: (first?.[1] ?? 0) - (second?.[1] ?? 0),
      entropy: Object.values(probabilities).reduce((sum, p) => sum - p * Math.log(p), 0),
      should_escalate: false,
    },
    because: ['timeout'],
    despite: ['database'],
    modelVersion: 'test-1',
    ...change,
  };
}

export function triage(change: Partial<Triage> = {}): Triage {
  return {
    ...verdict(),
    id: 'tri_1',
    incidentId: 'inc_1',
    version: 1,
    rung: 'fast',
    sure: false,
    evidenceKey: 'key',
    degraded: [],
    detail: triageDetailSchema.parse({}),
    createdAt: clock.now(),
    ...change,
  };
}

/** A classifier that always says the same. */
export function says(answer: Verdict): Classifier {
  return { version: answer.modelVersion, classify: () => answer, reportLikelihood: () => 1 };
}

export function ladderWith(change: Partial<LadderDependencies> = {}): Ladder {
  return createLadder({
    classifier: says(verdict()),
    thresholds: CONTRACT_LADDER,
    clock,
    ids: createIds(),
    logger: quiet,
    metrics: noMetrics,
    ...change,
  });
}
