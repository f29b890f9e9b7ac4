import { z } from 'zod';
import { AppError } from '../../src/domain/errors.ts';
import { CATEGORIES, type Category, SEVERITIES, type Severity } from '../../src/domain/taxonomy.ts';
import type { Probabilities } from '../../src/domain/triage.ts';
import type { EscalationQuestion, SecondOpinion } from '../../src/ports/escalation.ts';

/** The body of `POST /api/workflows/classify`, with the contract's field names. */
export function requestBody({ incident, verdict, reason }: EscalationQuestion) {
  return {
    incident: {
      title: incident.title,
      description: incident.description,
      source: incident.source,
      timestamp: incident.at.toISOString(),
    },
    ml_classification: {
      category: verdict.category,
      confidence: verdict.confidence,
      severity: verdict.severity,
      probabilities: verdict.probabilities,
      uncertainty: verdict.uncertainty,
    },
    escalation_reason: reason,
  };
}

const share = z.number().min(0).max(1);
const answerSchema = z.object({
  workflow_id: z.string().min(1).max(200).optional(),
  category: z.string(),
  confidence: share,
  severity: z.string(),
  probabilities: z.record(z.string(), share).optional(),
  reasoning: z.string().max(20_000).default(''),
  recommendations: z.array(z.string().max(2_000)).max(50).default([]),
  analysis: z.string().max(100_000).optional(),
});

/** "Infrastructure", which some backends say, is our Hardware. */
const ALIASES: Readonly<Record<string, Category>> = { infrastructure: 'Hardware' };

export function readAnswer(text: string, by: string): SecondOpinion {
  const parsed = answerSchema.safeParse(json(text));
  const category = parsed.success ? categoryOf(parsed.data.category) : undefined;
  const severity = parsed.success ? severityOf(parsed.data.severity) : undefined;
  if (!parsed.success || !category || !severity) {
    throw new AppError('bad_request', `${by} answered in another shape than agreed.`, {
      cause: parsed.error,
    });
  }
  const { workflow_id, confidence, reasoning, recommendations, analysis } = parsed.data;
  const probabilities = probabilitiesOf(parsed.data.probabilities);
  return {
    by,
    ...(workflow_id === undefined ? {} : { workflowId: workflow_id }),
    category,
    severity,
    confidence,
    ...(probabilities && { probabilities }),
    reasoning,
    recommendations,
    ...(analysis === undefined ? {} : { analysis }),
  };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function categoryOf(name: string): Category | undefined {
  const wanted = name.trim().toLowerCase();
  return ALIASES[wanted] ?? CATEGORIES.find((category) => category.toLowerCase() === wanted);
}

function severityOf(name: string): Severity | undefined {
  return SEVERITIES.find((severity) => severity === name.trim().toLowerCase());
}

/** Names that we do not know are left out; two that mean the same of ours are one. */
function probabilitiesOf(given: Record<string, number> | undefined): Probabilities | undefined {
  if (!given) return undefined;
  const found = Object.fromEntries(CATEGORIES.map((category) => [category, 0])) as Probabilities;
  for (const [name, value] of Object.entries(given)) {
    const category = categoryOf(name);
    if (category) found[category] = Math.min(1, found[category] + value);
  }
  return found;
}
