import { Router } from 'express';
import type { Recommend } from '../triage/index.ts';
import { readIncident } from './incident-body.ts';
import { methodNotAllowed } from './problems.ts';
import { untilClosed } from './until-closed.ts';

/** What to do about an incident: steps with a check, a risk and a way back, from runbooks and past incidents. */
export function recommendFixRoutes(recommend: Recommend): Router {
  const router = Router();
  router
    .route('/recommend-fix')
    .post(async (request, response) => {
      const { text } = readIncident(request.body);
      response.json(await recommend(text, { signal: untilClosed(response) }));
    })
    .all(methodNotAllowed('POST'));
  return router;
}
