import type { LogAnalysisResult } from '../logs/index.ts';
import { confidenceInWords } from './confidence.ts';
import type { TriageText } from './triage-text.ts';

const ANOMALIES_READ = 5;
const STEPS_GIVEN = 3;

/** Adds to an analysis what the triage makes of it: which kind of trouble the lines speak of, and what to do. */
export type AdviseOnLogs = (result: LogAnalysisResult) => Promise<LogAnalysisResult>;

export function createAdviseOnLogs({ triageText }: { triageText: TriageText }): AdviseOnLogs {
  return async (result) => {
    const evidence = evidenceIn(result);
    if (evidence === '') return result;
    const triage = await triageText(evidence, { throughRetrieval: true, source: 'logs' });
    const { category, confidence, citations } = triage;
    const words = confidenceInWords(triage);
    const [source] = citations;
    const team = `Engage whoever knows ${category}: the lines speak of it (${words}, ${Math.round(confidence * 100)} %).`;
    return {
      ...result,
      suggestedActions: [
        ...result.suggestedActions,
        team,
        ...(source ? [`Read “${source.title}”.`] : []),
        ...triage.detail.steps.slice(0, STEPS_GIVEN).map(({ text }) => text),
      ],
    };
  };
}

/** What stands out; where nothing does, the errors. A log of all that is well speaks of nothing. */
export function evidenceIn({ anomalies, patterns }: LogAnalysisResult): string {
  const odd = anomalies.slice(0, ANOMALIES_READ).map(({ example }) => example);
  const errors = patterns.filter((pattern) => pattern.errors > 0).map(({ example }) => example);
  return [...new Set([...odd, ...errors.slice(0, ANOMALIES_READ)])].join('\n');
}
