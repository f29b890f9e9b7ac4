import { Router } from 'express';
import type { TextTriage, TriageText } from '../triage/index.ts';
import { readIncident } from './incident-body.ts';
import { methodNotAllowed } from './problems.ts';
import { untilClosed } from './until-closed.ts';

/** Classifies an incident without recording it, in the shape of the escalation contract's answers. */
export function classifyRoutes(triageText: TriageText): Router {
  const router = Router();
  router
    .route('/classify-incident')
    .post(async (request, response) => {
      const { text, source } = readIncident(request.body);
      const triage = await triageText(text, {
        ...(source === undefined ? {} : { source }),
        signal: untilClosed(response),
      });
      response.json(answer(triage));
    })
    .all(methodNotAllowed('POST'));
  return router;
}

function answer(triage: TextTriage) {
  const { category, severity, confidence, uncertainty, probabilities, opinion } = triage;
  return {
    category,
    severity,
    confidence,
    reasoning: reasoningOf(triage),
    uncertainty,
    all_probabilities: probabilities,
    model_version: triage.model_version,
    path: triage.path,
    citations: triage.citations,
    degraded: triage.degraded,
    escalated_to_mastra: opinion !== undefined,
    mastra_workflow_id: opinion?.workflowId ?? null,
    ...(opinion
      ? {
          mastra_recommendations: opinion.recommendations,
          mastra_analysis: opinion.analysis ?? opinion.reasoning,
        }
      : {}),
  };
}

export function reasoningOf({ probabilities, because, detail }: TextTriage): string {
  const top = Object.entries(probabilities)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 3)
    .map(([name, p]) => `${name} (${(p * 100).toFixed(1)}%)`);
  const words = because.join(', ') || 'none';
  return [
    `Top predictions: ${top.join(', ')}. Words that spoke for it: ${words}.`,
    ...(detail.reasoning === undefined ? [] : [detail.reasoning]),
  ].join(' ');
}
