import { Router } from 'express';
import { z } from 'zod';
import { AppError } from '../domain/errors.ts';
import { uncertaintySchema } from '../domain/triage.ts';
import type { Clock } from '../ports/clock.ts';
import { ESCALATION_REASONS, type SecondOpinionSource } from '../ports/escalation.ts';
import type { Ids } from '../ports/ids.ts';
import type { Logger } from '../ports/logger.ts';
import { clean } from '../safety/index.ts';
import type { TextTriage, TriageText } from '../triage/index.ts';
import { reasoningOf } from './classify.ts';
import { readIncident } from './incident-body.ts';
import { methodNotAllowed } from './problems.ts';
import { untilClosed } from './until-closed.ts';

/** What the asking side thinks is read for its shape alone: we judge the incident ourselves. */
const askedSchema = z.object({
  ml_classification: z
    .object({ confidence: z.number().min(0).max(1), uncertainty: uncertaintySchema.partial() })
    .partial()
    .optional(),
  escalation_reason: z.enum(ESCALATION_REASONS).or(z.string().max(200)).optional(),
});

export type WorkflowsOptions = {
  triageText: TriageText;
  /** The built-in panel. Never a backend: two that ask each other would never come to an end. */
  panel?: SecondOpinionSource | undefined;
  clock: Clock;
  ids: Ids;
  logger: Logger;
};

/** The server's side of the escalation contract. */
export function workflowRoutes(options: WorkflowsOptions): Router {
  const router = Router();
  router
    .route('/workflows/classify')
    .post(async (request, response) => {
      if (!askedSchema.safeParse(request.body).success) {
        throw new AppError(
          'bad_request',
          'ml_classification or escalation_reason is not as the contract has it.',
        );
      }
      const { text, source = 'api' } = readIncident(request.body);
      const signal = untilClosed(response);
      const own = await options.triageText(text, { throughRetrieval: true, source, signal });
      const opinion = await hear(options, text, source, own, signal);
      response.json({
        workflow_id: options.ids.next('wf'),
        category: opinion?.category ?? own.category,
        confidence: opinion?.confidence ?? own.confidence,
        severity: opinion?.severity ?? own.severity,
        probabilities: opinion?.probabilities ?? own.probabilities,
        reasoning: opinion?.reasoning ?? reasoningOf(own),
        recommendations: opinion?.recommendations.length
          ? opinion.recommendations
          : own.detail.steps.map((step) => step.text),
        analysis: opinion
          ? (opinion.analysis ?? opinion.reasoning)
          : [
              'No language model is at hand: this is the local model with what it read.',
              ...own.degraded,
            ].join(' '),
      });
    })
    .all(methodNotAllowed('POST'));
  return router;
}

async function hear(
  { panel, clock, logger }: WorkflowsOptions,
  text: string,
  source: string,
  own: TextTriage,
  signal: AbortSignal,
) {
  if (!panel) return undefined;
  const [title = ''] = text.split('\n');
  try {
    return await panel.ask({
      incident: { title: clean(title), description: clean(text), source, at: clock.now() },
      sight: 'everything',
      verdict: { ...own, action: 'investigate', modelVersion: own.model_version },
      reason: 'asked',
      signal,
    });
  } catch (error) {
    if (signal.aborted) throw error;
    logger.warn('The panel gave no answer: the local verdict is sent.', {}, error);
    return undefined;
  }
}
