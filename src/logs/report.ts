import type { Severity } from '../domain/taxonomy.ts';
import { type Found, findAnomalies } from './findings/anomalies.ts';
import type { Kind } from './findings/counts.ts';
import { BUCKETS } from './findings/series.ts';
import type { Collected, Tally } from './findings/tally.ts';
import { isErrorWeight, WEIGHT } from './findings/weight.ts';
import { LEVEL, LEVEL_NAMES } from './headers/levels.ts';
import type { LogAnalysisResult, LogAnomaly, LogPattern } from './result.ts';
import { suggestActions } from './suggest.ts';
import { HOLE } from './templates/shape.ts';
import { templateId, templateText, variableName } from './templates/template-text.ts';

/** A log has a long tail: more than so many patterns help nobody. */
const MOST_PATTERNS = 200;
const MOST_ANOMALIES = 20;
const MOST_VARIABLES = 8;
const TOP_VALUES = 5;
/** Chat platforms draw up to twenty natively; a dozen are taken in at one glance. */
const TIMELINE_POINTS = 12;
/** A log in which so many lines are errors was cut from the middle of the trouble: nothing differs from it. */
const MOSTLY = 0.5;

/** Takes secrets out of what is shown. */
export type Redact = (text: string) => string;

export function reportLogs(collected: Collected, redact: Redact): LogAnalysisResult {
  const { current, baseline } = collected;
  const found = findAnomalies(collected).slice(0, MOST_ANOMALIES);
  const kinds = collected.kinds.filter(({ current: { lines } }) => lines > 0);
  const loudest = kinds.toSorted((a, b) => b.current.lines - a.current.lines);
  const patterns = loudest
    .slice(0, MOST_PATTERNS)
    .map((kind) => patternOf(kind, collected, redact));
  const anomalies = found.map((one) => anomalyOf(one, current, redact));
  const severity = severityOf(found, current);
  const errors = errorsIn(current);
  return {
    summary: summaryOf(anomalies, patterns, current, kinds.length),
    anomalies,
    patterns,
    severity,
    suggestedActions: suggestActions(anomalies, patterns),
    lines: {
      total: current.lines,
      continuations: current.continuations,
      cut: current.cut,
      withHeader: current.withHeader,
      errors,
      ...(baseline && { baseline: baseline.lines }),
    },
    ...spanOf(current),
    timeline: timelineOf(current),
    templates: kinds.length,
  };
}

function patternOf(kind: Kind, { current, baseline }: Collected, redact: Redact): LogPattern {
  const counts = kind.current;
  const share = counts.lines / Math.max(1, current.lines);
  const minutes = (current.lastMs - current.firstMs) / 60_000;
  const before = baseline ? kind.baseline.lines / Math.max(1, baseline.lines) : 0;
  return {
    id: templateId(kind.parts),
    template: redact(templateText(kind.parts)),
    count: counts.lines,
    share: round(share, 4),
    level: LEVEL_NAMES[usualLevel(kind)] ?? 'none',
    errors: (kind.levels[LEVEL.error] ?? 0) + (kind.levels[LEVEL.fatal] ?? 0),
    firstLine: counts.firstLine + 1,
    lastLine: counts.lastLine + 1,
    ...(!Number.isNaN(counts.firstMs) && {
      firstAt: iso(counts.firstMs),
      lastAt: iso(counts.lastMs),
    }),
    ...(minutes > 0 && { perMinute: round(counts.lines / minutes, 2) }),
    ...(before > 0 && { change: round(share / before, 2) }),
    isNew: baseline !== undefined && kind.baseline.lines === 0,
    example: redact(kind.example),
    variables: variablesOf(kind, redact),
  };
}

function variablesOf(kind: Kind, redact: Redact): LogPattern['variables'] {
  const variables: LogPattern['variables'] = [];
  let hole = 0;
  kind.parts.forEach((part, at) => {
    if (part !== HOLE) return;
    const values = kind.values[hole++];
    if (!values || variables.length >= MOST_VARIABLES) return;
    const { count, exact } = values.distinct();
    const top = values.kept().toSorted((a, b) => b.count - a.count);
    variables.push({
      name: redact(variableName(kind.parts, at)),
      distinct: count,
      exact,
      top: top
        .slice(0, TOP_VALUES)
        .map((value) => ({ value: redact(value.text), count: value.count })),
    });
  });
  return variables;
}

function usualLevel(kind: Kind): number {
  let usual = 0;
  kind.levels.forEach((count, level) => {
    if (count > (kind.levels[usual] ?? 0)) usual = level;
  });
  return usual;
}

function anomalyOf(found: Found, current: Tally, redact: Redact): LogAnomaly {
  const template = redact(templateText(found.what.parts));
  return {
    kind: found.kind,
    templateId: templateId(found.what.parts),
    template,
    severity: severityOfOne(found),
    score: round(found.score, 1),
    observed: found.observed,
    expected: found.expected,
    ...(current.timed && !Number.isNaN(found.from) && { at: iso(found.from) }),
    description: describe(found, current, template),
    example: redact(found.what.example),
  };
}

function describe(found: Found, current: Tally, template: string): string {
  const when = whenOf(found.from, current);
  switch (found.kind) {
    case 'new':
      return `New${when}, ${times(found.observed)}: ${template}`;
    case 'burst':
      return `Burst${when}: ${found.observed} lines where ${found.expected} are usual: ${template}`;
    case 'silence':
      return `Silent${when}: about ${found.expected} lines were due: ${template}`;
  }
}

function whenOf(from: number, current: Tally): string {
  if (Number.isNaN(from)) return '';
  return current.timed
    ? ` since ${iso(from).slice(0, 19).replace('T', ' ')}`
    : ` from line ${from + 1}`;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

function severityOfOne({ kind, weight, observed }: Found): Severity {
  if (weight >= WEIGHT.fatal) return 'critical';
  if (isErrorWeight(weight))
    return kind === 'silence' ? 'medium' : observed >= 3 ? 'high' : 'medium';
  return kind === 'silence' ? 'medium' : 'low';
}

/** The worst of what stands out; without anything standing out, what the errors alone make it. */
function severityOf(found: readonly Found[], current: Tally): Severity {
  const each = found.map(severityOfOne);
  for (const severity of ['critical', 'high', 'medium'] as const) {
    if (each.includes(severity)) return severity;
  }
  if (isMostlyErrors(current)) return 'high';
  return errorsIn(current) > current.lines / 100 ? 'medium' : 'low';
}

function isMostlyErrors(tally: Tally): boolean {
  return tally.lines > 0 && errorsIn(tally) >= tally.lines * MOSTLY;
}

function errorsIn(tally: Tally): number {
  return (tally.levels[LEVEL.error] ?? 0) + (tally.levels[LEVEL.fatal] ?? 0);
}

function summaryOf(
  anomalies: readonly LogAnomaly[],
  patterns: readonly LogPattern[],
  current: Tally,
  kinds: number,
): string {
  if (current.lines === 0) return 'The log is empty.';
  const [loudest] = patterns;
  const errors = errorsIn(current);
  const size = `${counted(current.lines, 'line')} of ${counted(kinds, 'kind')}, ${errors} of them ${errors === 1 ? 'an error' : 'errors'}.`;
  const loud = loudest
    ? ` Loudest: ${loudest.template} (${Math.round(loudest.share * 100)} %).`
    : '';
  const [worst] = anomalies;
  if (worst) return `${size} ${worst.description}.${loud}`;
  const calm = isMostlyErrors(current)
    ? 'Nothing but trouble, so nothing stands out.'
    : 'Nothing stands out.';
  return `${size} ${calm}${loud}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function spanOf(tally: Tally): Pick<LogAnalysisResult, 'span'> {
  if (Number.isNaN(tally.firstMs)) return {};
  return { span: { from: iso(tally.firstMs), to: iso(tally.lastMs) } };
}

function timelineOf(tally: Tally): LogAnalysisResult['timeline'] {
  const last = tally.all.findLastIndex((count) => count > 0);
  const first = tally.all.findIndex((count) => count > 0);
  if (first < 0) return [];
  const step = Math.max(1, Math.ceil((last - first + 1) / TIMELINE_POINTS));
  const points: LogAnalysisResult['timeline'] = [];
  for (let at = first; at <= last; at += step) {
    const from = tally.axis.origin() + at * tally.axis.width();
    let lines = 0;
    let errors = 0;
    for (let i = at; i < Math.min(at + step, BUCKETS); i++) {
      lines += tally.all[i] ?? 0;
      errors += tally.errors[i] ?? 0;
    }
    points.push({
      label: tally.timed ? iso(from).slice(0, 19) : `line ${from + 1}`,
      lines,
      errors,
    });
  }
  return points;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
