import type { TemplateValues } from '../../prompts/template.ts';
import type { Rca } from '../domain/rca.ts';
import { servicesOf } from './story.ts';

const UNKNOWN = 'not known';

/** What an operator's template is filled with. The top chain is the one with the highest score. */
export function templateValues(rca: Rca, data: string): TemplateValues {
  const { impact, rootCause, chains } = rca;
  const [top] = chains.toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0));
  const evidence = rootCause.evidence.flatMap(({ details }) => details ?? []);
  return {
    TimeWindowStart: impact.timeStartStr ?? UNKNOWN,
    TimeWindowEnd: impact.timeEndStr ?? UNKNOWN,
    ImpactService: impact.impactService ?? UNKNOWN,
    MetricName: impact.metricName ?? UNKNOWN,
    Severity: String(impact.severity ?? UNKNOWN),
    RootCauseService: rootCause.service ?? UNKNOWN,
    RootCauseComponent: rootCause.component ?? UNKNOWN,
    RootCauseEvidence: evidence.length > 0 ? evidence.join('; ') : UNKNOWN,
    TopChainPath: top === undefined ? UNKNOWN : servicesOf(top).join(' -> ') || UNKNOWN,
    TopChainScore: String(top?.score ?? UNKNOWN),
    TOONData: data,
  };
}
