import { Router } from 'express';
import { z } from 'zod';
import { AppError } from '../domain/errors.ts';
import { voteValueSchema } from '../domain/event.ts';
import type { Clock } from '../ports/clock.ts';
import type { ExplanationStore } from '../ports/explanation-store.ts';
import { comparePrompts } from '../rca/index.ts';
import { clientOf } from './client.ts';
import { jsonBody } from './json-body.ts';
import { methodNotAllowed } from './problems.ts';

export type ExplanationVotesOptions = {
  explanations: Pick<ExplanationStore, 'vote' | 'votesByPrompt'>;
  clock: Clock;
};

const bodySchema = z.object({
  value: voteValueSchema,
  /** Who votes, where many share a token. */
  voter: z.string().trim().min(1).max(200).optional(),
});

const querySchema = z.object({ since: z.iso.datetime({ offset: true }).optional() });

/** Votes on explanations, and what they say about the prompts behind them. */
export function explanationVoteRoutes({ explanations, clock }: ExplanationVotesOptions): Router {
  const router = Router();

  router
    .route('/v1/mira/explanations/:id/votes')
    .post(jsonBody(), async (request, response) => {
      const body = bodySchema.safeParse(request.body);
      if (!body.success) {
        throw new AppError('bad_request', 'Send {"value": "up"} or {"value": "down"}.');
      }
      const { value, voter } = body.data;
      const client = clientOf(request);
      const result = await explanations.vote({
        explanationId: request.params.id,
        voterKey: ['api', client, ...(voter === undefined ? [] : [voter])]
          .map(encodeURIComponent)
          .join('/'),
        voterName: voter ?? client,
        value,
        at: clock.now(),
      });
      response.set('Cache-Control', 'no-store').json({ status: 'success', data: result });
    })
    .all(methodNotAllowed('POST'));

  router
    .route('/v1/mira/prompts')
    .get(async (request, response) => {
      const query = querySchema.safeParse(request.query);
      if (!query.success) {
        throw new AppError('bad_request', 'since must be a time such as 2026-01-01T00:00:00Z.');
      }
      const since = new Date(query.data.since ?? 0);
      const data = comparePrompts(await explanations.votesByPrompt(since));
      response.set('Cache-Control', 'no-store').json({ status: 'success', data });
    })
    .all(methodNotAllowed('GET', 'HEAD'));

  return router;
}
