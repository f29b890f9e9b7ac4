import type { Card, CardElement } from '../domain/card.ts';
import type { LogAnalysisResult, LogAnomaly } from './result.ts';

const SHOWN = 5;
const LONGEST_CELL = 120;

/** The analysis as a card: what broke first, what is loudest, what is new, and when. */
export function logCard(result: LogAnalysisResult): Card {
  const elements: CardElement[] = [
    { kind: 'header', text: 'Log analysis' },
    { kind: 'text', text: result.summary },
  ];
  const first = brokeFirst(result.anomalies);
  const facts = [
    ...(first ? [{ label: 'Broke first', value: first.description }] : []),
    ...loudest(result),
    { label: 'Severity', value: result.severity },
  ];
  elements.push({ kind: 'facts', facts });
  if (result.anomalies.length > 0) {
    elements.push({
      kind: 'table',
      caption: 'What stands out',
      columns: [
        { label: 'What', align: 'left' },
        { label: 'Lines', align: 'right' },
        { label: 'Kind of line', align: 'left' },
      ],
      rows: result.anomalies
        .slice(0, SHOWN)
        .map(({ kind, observed, template }) => [kind, String(observed), short(template)]),
    });
  }
  if (result.timeline.length > 1) elements.push(chartOf(result));
  if (result.suggestedActions.length > 0) {
    elements.push({
      kind: 'steps',
      title: 'Look at',
      steps: result.suggestedActions.slice(0, SHOWN).map((text) => ({ text, dangerous: false })),
    });
  }
  if (result.lines.cut > 0) {
    elements.push({
      kind: 'notice',
      tone: 'info',
      text: `${result.lines.cut} very long lines were cut.`,
    });
  }
  return { summary: result.summary, elements };
}

/** The earliest of what stands out, by the log's clock; the loudest when it has none. */
export function brokeFirst(anomalies: readonly LogAnomaly[]): LogAnomaly | undefined {
  const timed = anomalies.filter(({ at }) => at !== undefined);
  return timed.toSorted((a, b) => (a.at ?? '').localeCompare(b.at ?? ''))[0] ?? anomalies[0];
}

function loudest({ patterns }: LogAnalysisResult) {
  const [pattern] = patterns;
  if (!pattern) return [];
  return [{ label: 'Loudest', value: `${pattern.count} times: ${short(pattern.template)}` }];
}

function chartOf({ timeline }: LogAnalysisResult): CardElement {
  const series = [
    { name: 'lines', points: timeline.map(({ label, lines }) => ({ label, value: lines })) },
  ];
  if (timeline.some(({ errors }) => errors > 0)) {
    series.push({
      name: 'errors',
      points: timeline.map(({ label, errors }) => ({ label, value: errors })),
    });
  }
  return { kind: 'chart', type: 'line', title: 'Lines over time', series };
}

function short(text: string): string {
  return text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL - 1)}…` : text;
}
