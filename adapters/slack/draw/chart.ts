import type { Block } from '@slack/types';
import type { CardElement } from '../../../src/domain/card.ts';
import { LIMITS } from '../limits.ts';
import { mend, shorten } from './literal.ts';

type Chart = Extract<CardElement, { kind: 'chart' }>;
type Point = { label: string; value: number };

/** Not in @slack/types 3.2; as docs.slack.dev/reference/block-kit/blocks/data-visualization-block has it. */
export type DataVisualizationBlock = Block & {
  type: 'data_visualization';
  title: string;
  chart:
    | { type: 'pie'; segments: Point[] }
    | {
        type: 'bar' | 'line' | 'area';
        series: { name: string; data: Point[] }[];
        axis_config: { categories: string[] };
      };
};

/** Slack's own chart, when this one fits into it. */
export function nativeChart(chart: Chart): DataVisualizationBlock | undefined {
  const title = shorten(mend(chart.title), LIMITS.chartTitle) || 'Chart';
  const drawn = chart.type === 'pie' ? pie(chart) : axes(chart, chart.type);
  return drawn && { type: 'data_visualization', title, chart: drawn };
}

function pie({ series }: Chart): DataVisualizationBlock['chart'] | undefined {
  const segments = (series[0]?.points ?? []).filter(({ value }) => value > 0).map(labelled);
  const fits =
    series.length === 1 &&
    segments.length > 0 &&
    segments.length <= LIMITS.chartSegments &&
    areDistinct(segments.map(({ label }) => label)) &&
    segments.every(({ value }) => Number.isFinite(value));
  return fits ? { type: 'pie', segments } : undefined;
}

function axes(
  chart: Chart,
  type: 'bar' | 'line' | 'area',
): DataVisualizationBlock['chart'] | undefined {
  const series = chart.series.map(({ name, points }) => ({
    name: shorten(mend(name), LIMITS.chartLabel) || 'Value',
    data: points.map(labelled),
  }));
  const categories = series[0]?.data.map(({ label }) => label) ?? [];
  const fits =
    series.length <= LIMITS.chartSeries &&
    categories.length <= LIMITS.chartPoints &&
    areDistinct(categories) &&
    areDistinct(series.map(({ name }) => name)) &&
    series.every(
      ({ data }) =>
        data.length === categories.length &&
        data.every(({ label, value }, at) => label === categories[at] && Number.isFinite(value)),
    );
  return fits ? { type, series, axis_config: { categories } } : undefined;
}

function labelled({ label, value }: Point): Point {
  return { label: shorten(mend(label), LIMITS.chartLabel) || '–', value };
}

function areDistinct(texts: string[]): boolean {
  return new Set(texts).size === texts.length;
}

const BAR = 20;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** Bars of letters, for a font in which all letters are equally wide. */
export function chartLines({ series }: Chart): string {
  const points = series.flatMap((each) => each.points);
  const most = Math.max(...points.map(({ value }) => Math.abs(value)), 0);
  const widest = Math.max(...points.map(({ label }) => [...label].length), 0);
  return series
    .map(({ name, points: own }) => {
      const lines = own.map(({ label, value }) => {
        const space = ' '.repeat(widest - [...label].length);
        return `${label}${space}  ${bar(value, most)} ${value}`;
      });
      return series.length === 1 ? lines.join('\n') : [name, ...lines].join('\n');
    })
    .join('\n\n');
}

function bar(value: number, most: number): string {
  const eighths = most > 0 ? Math.round((Math.abs(value) / most) * BAR * 8) : 0;
  if (!Number.isFinite(eighths)) return '';
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
}
