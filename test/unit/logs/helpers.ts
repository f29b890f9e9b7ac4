import { createLogAnalysis, reportLogs, templateId } from '../../../src/logs/index.ts';

/** The template id of each line. */
export function idsOf(lines: readonly string[]): string[] {
  const analysis = createLogAnalysis({ assumedYear: 2024, keepAssignments: true });
  analysis.begin('current');
  for (const line of lines) analysis.add(line, false);
  analysis.finish();
  return [...analysis.assignments()].map(({ parts }) => templateId(parts));
}

export function groupsOf(lines: readonly string[]): number {
  return new Set(idsOf(lines)).size;
}

export function resultOf(
  lines: readonly string[],
  baseline: readonly string[] = [],
  redact: (text: string) => string = (text) => text,
) {
  const analysis = createLogAnalysis({ assumedYear: 2024 });
  if (baseline.length > 0) {
    analysis.begin('baseline');
    for (const line of baseline) analysis.add(line, false);
  }
  analysis.begin('current');
  for (const line of lines) analysis.add(line, false);
  return reportLogs(analysis.finish(), redact);
}
