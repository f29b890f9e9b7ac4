import { Router } from 'express';
import type { PartHealth, PartStatus } from '../ports/health.ts';
import { methodNotAllowed } from './problems.ts';

export type OperationsOptions = {
  health: HealthCheck;
  metricsText: () => Promise<string>;
  metricsContentType: string;
  version: string;
};

interface HealthCheck {
  check(): Promise<{
    status: PartStatus;
    parts: readonly (PartHealth & { name: string; needed: boolean })[];
  }>;
}

/**
 * For orchestrators, Prometheus and people on call, none of whom carry tokens: open beyond loopback too. The
 * sentences about parts therefore hold no address and no secret, and metrics carry no text of anybody.
 */
export function operationsRoutes(options: OperationsOptions): Router {
  const { health, metricsText, metricsContentType, version } = options;
  const router = Router();

  router
    .route('/healthz')
    // A process that answers lives: restarting it would not bring a store back.
    .get(async (_request, response) => {
      const report = await health.check();
      response.set('Cache-Control', 'no-store').json({ ...report, version });
    })
    .all(methodNotAllowed('GET', 'HEAD'));

  router
    .route('/readyz')
    .get(async (_request, response) => {
      const report = await health.check();
      response.set('Cache-Control', 'no-store');
      response.status(report.status === 'down' ? 503 : 200).json({ ...report, version });
    })
    .all(methodNotAllowed('GET', 'HEAD'));

  router
    .route('/metrics')
    .get(async (_request, response) => {
      // Nobody else may have asked for a while, and the gauge of each part is set by asking.
      await health.check();
      const text = await metricsText();
      response.set('Cache-Control', 'no-store').set('Content-Type', metricsContentType).end(text);
    })
    .all(methodNotAllowed('GET', 'HEAD'));

  return router;
}
