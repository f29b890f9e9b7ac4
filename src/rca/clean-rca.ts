import type { Rca } from '../domain/rca.ts';
import { clean, createRedactor } from '../safety/index.ts';

/** An analysis without secrets and personal data. Equal values keep equal placeholders over the whole of it. */
export function cleanRca(rca: Rca): Rca {
  const redactor = createRedactor();
  const text = (value: string | undefined) =>
    value === undefined ? undefined : clean(value, redactor);
  const { impact, rootCause, chains, diagnostics } = rca;
  return {
    impact: {
      ...impact,
      impactService: text(impact.impactService),
      metricName: text(impact.metricName),
    },
    rootCause: {
      service: text(rootCause.service),
      component: text(rootCause.component),
      evidence: rootCause.evidence.map(({ type, details }) => ({
        type: text(type),
        details: text(details),
      })),
    },
    chains: chains.map((chain) => ({
      ...chain,
      steps: chain.steps.map((step) => ({
        ...step,
        kpiName: text(step.kpiName),
        service: text(step.service),
      })),
    })),
    diagnostics: {
      timeRings: {
        strategy: text(diagnostics.timeRings.strategy),
        definitions: diagnostics.timeRings.definitions.map((ring) => ({
          ringName: text(ring.ringName),
          relativeStart: text(ring.relativeStart),
          relativeEnd: text(ring.relativeEnd),
        })),
      },
    },
  };
}
