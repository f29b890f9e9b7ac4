import { Router } from 'express';
import { z } from 'zod';
import { AppError } from '../domain/errors.ts';
import type { Verdict } from '../domain/triage.ts';
import type { Classifier } from '../ports/classifier.ts';
import { methodNotAllowed } from './problems.ts';

const MOST_CHARACTERS = 100_000;

const incidentSchema = z.object({
  title: z.string().max(MOST_CHARACTERS).default(''),
  description: z.string().max(MOST_CHARACTERS).default(''),
});
/** The incident itself, or wrapped as the escalation contract wraps it. */
const bodySchema = z.union([
  z.object({ incident: incidentSchema }).transform(({ incident }) => incident),
  incidentSchema,
]);

/** Classifies an incident without recording it, in the shape of the escalation contract's answers. */
export function classifyRoutes(classifier: Classifier): Router {
  const router = Router();
  router
    .route('/classify-incident')
    .post((request, response) => {
      const parsed = bodySchema.safeParse(request.body);
      const text = parsed.success ? `${parsed.data.title}\n${parsed.data.description}`.trim() : '';
      if (text === '') {
        throw new AppError(
          'bad_request',
          `Send an incident with a title or a description of at most ${MOST_CHARACTERS} characters.`,
        );
      }
      response.json(answer(classifier.classify(text)));
    })
    .all(methodNotAllowed('POST'));
  return router;
}

function answer(verdict: Verdict) {
  const { category, severity, confidence, uncertainty, probabilities, modelVersion } = verdict;
  const top = Object.entries(probabilities)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 3)
    .map(([name, p]) => `${name} (${(p * 100).toFixed(1)}%)`);
  return {
    category,
    severity,
    confidence,
    reasoning: `Top predictions: ${top.join(', ')}. Words that spoke for it: ${verdict.because.join(', ') || 'none'}.`,
    uncertainty,
    all_probabilities: probabilities,
    model_version: modelVersion,
    escalated_to_mastra: false,
    mastra_workflow_id: null,
  };
}
