import {
  type Action,
  CATEGORIES,
  type Category,
  SEVERITIES,
  type Severity,
} from '../domain/taxonomy.ts';
import type { Probabilities, Verdict } from '../domain/triage.ts';
import type { Classifier } from '../ports/classifier.ts';
import { explain } from './explain.ts';
import { type FeatureVector, vectorise } from './features.ts';
import { scores, softmax } from './softmax.ts';
import type { CalibratedHead, Model } from './train.ts';
import { type UncertaintyThresholds, uncertaintyOf } from './uncertainty.ts';

/** The model at work: all heads look at one reading of the text. */
export function createLinearModel(
  model: Model,
  version: string,
  thresholds: UncertaintyThresholds,
): Classifier {
  const { vocabulary, heads } = model;
  return {
    version,
    classify(text): Verdict {
      const vector = vectorise(text, vocabulary);
      const values = softmax(scores(heads.category, vector), heads.category.temperature);
      const confidence = Math.max(...values);
      const top = values.indexOf(confidence);
      const { spokeFor, spokeAgainst } = explain(heads.category, vector, top);
      return {
        category: CATEGORIES[top] as Category,
        severity: leastRegret(heads.severity, vector),
        action: best(heads.action, vector) as Action,
        confidence,
        probabilities: Object.fromEntries(
          CATEGORIES.map((category, i) => [category, values[i] ?? 0]),
        ) as Probabilities,
        uncertainty: uncertaintyOf(heads.category, vector, heads.category.temperature, thresholds),
        because: spokeFor,
        despite: spokeAgainst,
        modelVersion: version,
      };
    },
    reportLikelihood(text): number {
      const { report } = heads;
      const values = softmax(scores(report, vectorise(text, vocabulary)), report.temperature);
      return values[report.labels.indexOf('report')] ?? 0;
    },
  };
}

/** A severity called too low wakes nobody; one called too high costs a look. */
const UNDERSTATING = 2;

/** The severity with the least expected cost, where each step too low costs twice what one too high does. */
function leastRegret(head: CalibratedHead, vector: FeatureVector): Severity {
  const probabilities = softmax(scores(head, vector), head.temperature);
  // SEVERITIES runs from the worst to the mildest, so a larger index is a milder call.
  const costs = SEVERITIES.map((_, called) =>
    probabilities.reduce((sum, p, real) => {
      return sum + p * (called > real ? UNDERSTATING * (called - real) : real - called);
    }, 0),
  );
  return SEVERITIES[costs.indexOf(Math.min(...costs))] as Severity;
}

function best(head: CalibratedHead, vector: FeatureVector): string {
  const raw = scores(head, vector);
  return head.labels[raw.indexOf(Math.max(...raw))] ?? '';
}
