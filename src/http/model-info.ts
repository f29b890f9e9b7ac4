import { Router } from 'express';
import { methodNotAllowed } from './problems.ts';

/** What judges here, with the contract's field names. */
export type ModelInfo = {
  model_version: string;
  /** Measured on voices that it was not trained on, by the artefact's own account. */
  expected_accuracy: string;
  rag_enabled: boolean;
  mastra_backend_url: string | null;
  mastra_escalation_enabled: boolean;
  mastra_confidence_threshold: number;
  rag_confidence_threshold: number;
};

export function modelInfoRoutes(info: ModelInfo): Router {
  const router = Router();
  router
    .route('/model/info')
    .get((_request, response) => {
      response.json(info);
    })
    .all(methodNotAllowed('GET'));
  return router;
}
