import { Readable } from 'node:stream';
import { createRedactor } from '../safety/index.ts';
import { createLogAnalysis } from './analysis.ts';
import { readLog } from './read-log.ts';
import { reportLogs } from './report.ts';
import type { LogAnalysisResult } from './result.ts';

/** Analyses lines that are at hand, such as pasted ones. Times without a year are taken to be of this one. */
export async function analyseText(text: string, now: Date): Promise<LogAnalysisResult> {
  const analysis = createLogAnalysis({ assumedYear: now.getFullYear(), keepAssignments: false });
  await readLog(Readable.from([Buffer.from(text)]), analysis);
  const redactor = createRedactor();
  return reportLogs(analysis.finish(), (shown) => redactor.redact(shown).text);
}
