import { HOLE } from '../templates/shape.ts';
import type { Shape } from '../templates/shape-table.ts';
import { hashOf } from '../templates/token-rules.ts';
import { createValues, type Values } from '../templates/values.ts';
import { type Axis, BUCKETS } from './series.ts';

/** What happened to one kind of line in one log. */
export type Counts = {
  lines: number;
  firstLine: number;
  lastLine: number;
  /** NaN when no line of the kind had a stamp. */
  firstMs: number;
  lastMs: number;
  series: Uint32Array | undefined;
  /** Where the series lives. */
  axis: Axis | undefined;
  /** The longest stretch of other lines between two of this kind, the second longest, and where the first began. */
  gap: number;
  secondGap: number;
  gapFrom: number;
  /** The longest time between two lines of this kind, and the second longest. */
  gapMs: number;
  secondGapMs: number;
  /** The run of this kind that is going on, the densest that there was, and the weight of the second densest. */
  run: Run;
  densest: Run;
  secondWeight: number;
};

/** Lines of one kind close together: each adds weight, every line between them takes some away. */
export type Run = { weight: number; lines: number; fromLine: number; fromMs: number; toMs: number };

const noRun = (): Run => ({
  weight: 0,
  lines: 0,
  fromLine: 0,
  fromMs: Number.NaN,
  toMs: Number.NaN,
});
const LOSS_A_LINE = 0.5;

/** A kind of line, with what was counted in the log itself and in the one that shows what is normal. */
export type Kind = Shape & {
  current: Counts;
  baseline: Counts;
  /** Lines of the current log by level. */
  levels: Uint32Array;
  baselineErrors: number;
  values: (Values | undefined)[];
  example: string;
  /** A request line of an access log: its status says whether it failed. */
  request: boolean;
};

/** Variables behind these say little and cost time. */
const MOST_HOLES = 12;
const METHODS = new Set(['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS']);

function emptyCounts(): Counts {
  return {
    lines: 0,
    firstLine: 0,
    lastLine: 0,
    firstMs: Number.NaN,
    lastMs: Number.NaN,
    series: undefined,
    axis: undefined,
    gap: 0,
    secondGap: 0,
    gapFrom: 0,
    gapMs: 0,
    secondGapMs: 0,
    run: noRun(),
    densest: noRun(),
    secondWeight: 0,
  };
}

export function createKind(shape: Shape): Kind {
  return {
    ...shape,
    current: emptyCounts(),
    baseline: emptyCounts(),
    levels: new Uint32Array(7),
    baselineErrors: 0,
    values: [],
    example: '',
    request: shape.parts.some((part, i) => METHODS.has(part) && shape.parts[i - 1] === '"'),
  };
}

export function countLine(
  counts: Counts,
  line: number,
  ms: number,
  bucket: number,
  axis: Axis,
): void {
  if (counts.lines++ === 0) counts.firstLine = line;
  else noteGap(counts, line, ms);
  noteRun(counts, line, ms);
  counts.lastLine = line;
  if (!Number.isNaN(ms)) {
    if (!(ms >= counts.firstMs)) counts.firstMs = ms;
    if (!(ms <= counts.lastMs)) counts.lastMs = ms;
  }
  if (bucket < 0) return;
  if (!counts.series) {
    counts.series = axis.series();
    counts.axis = axis;
  }
  counts.series[bucket] = (counts.series[bucket] ?? 0) + 1;
}

function noteGap(counts: Counts, line: number, ms: number): void {
  const gap = line - counts.lastLine;
  if (gap > counts.gap) {
    counts.secondGap = counts.gap;
    counts.gap = gap;
    counts.gapFrom = counts.lastLine;
  } else if (gap > counts.secondGap) counts.secondGap = gap;
  const gapMs = ms - counts.lastMs;
  if (gapMs > counts.gapMs) {
    counts.secondGapMs = counts.gapMs;
    counts.gapMs = gapMs;
  } else if (gapMs > counts.secondGapMs) counts.secondGapMs = gapMs;
}

function noteRun(counts: Counts, line: number, ms: number): void {
  const { run, densest } = counts;
  const left = run.weight - (line - counts.lastLine) * LOSS_A_LINE;
  if (left <= 0) {
    run.weight = 0;
    run.lines = 0;
    run.fromLine = line;
    run.fromMs = ms;
  } else run.weight = left;
  run.weight++;
  run.lines++;
  run.toMs = ms;
  if (run.weight <= densest.weight) {
    if (run.fromLine !== densest.fromLine && run.weight > counts.secondWeight) {
      counts.secondWeight = run.weight;
    }
    return;
  }
  if (run.fromLine !== densest.fromLine) counts.secondWeight = densest.weight;
  Object.assign(densest, run);
}

export function valuesAt(kind: Kind, hole: number): Values | undefined {
  if (hole >= MOST_HOLES) return undefined;
  const known = kind.values[hole];
  if (known) return known;
  const made = createValues();
  kind.values[hole] = made;
  return made;
}

/** Adds what `other` counted; both take the form, in which some of their words have become variables. */
export function absorbKind(target: Kind, other: Kind, form: readonly string[]): void {
  const values = form.length === other.parts.length ? valuesInForm(other, form) : [];
  if (target.parts !== form) {
    target.values = form.length === target.parts.length ? valuesInForm(target, form) : [];
    target.parts = form;
  }
  values.forEach((theirs, hole) => {
    const ours = theirs && valuesAt(target, hole);
    if (theirs && ours) ours.absorb(theirs);
  });
  const earlier = other.current.firstLine < target.current.firstLine;
  if (other.current.lines > 0 && (target.current.lines === 0 || earlier)) {
    target.example = other.example;
  }
  absorbCounts(target.current, other.current);
  absorbCounts(target.baseline, other.baseline);
  for (let i = 0; i < target.levels.length; i++) {
    target.levels[i] = (target.levels[i] ?? 0) + (other.levels[i] ?? 0);
  }
  target.baselineErrors += other.baselineErrors;
  other.values = [];
}

function valuesInForm(kind: Kind, form: readonly string[]): (Values | undefined)[] {
  if (kind.parts === form) return kind.values;
  const values: (Values | undefined)[] = [];
  let own = 0;
  for (let i = 0; i < form.length && values.length < MOST_HOLES; i++) {
    const part = kind.parts[i] ?? HOLE;
    const before = part === HOLE ? kind.values[own++] : undefined;
    if (form[i] !== HOLE) continue;
    if (part === HOLE) values.push(before);
    else {
      const fixed = createValues();
      if (kind.current.lines > 0) fixed.addText(part, hashOf(part), kind.current.lines);
      values.push(fixed);
    }
  }
  return values;
}

function absorbCounts(target: Counts, other: Counts): void {
  if (other.lines === 0) return;
  if (target.lines === 0 || other.firstLine < target.firstLine) target.firstLine = other.firstLine;
  target.lastLine = Math.max(target.lastLine, other.lastLine);
  target.lines += other.lines;
  // The gaps of the two together are not known; those of the more frequent one bound them.
  if (other.lines > target.lines - other.lines) {
    const { gap, secondGap, gapFrom, gapMs, secondGapMs } = other;
    Object.assign(target, { gap, secondGap, gapFrom, gapMs, secondGapMs });
  }
  if (!(target.firstMs <= other.firstMs)) target.firstMs = other.firstMs;
  if (!(target.lastMs >= other.lastMs)) target.lastMs = other.lastMs;
  target.secondWeight = Math.max(
    target.secondWeight,
    other.secondWeight,
    Math.min(target.densest.weight, other.densest.weight),
  );
  if (other.densest.weight > target.densest.weight) target.densest = other.densest;
  if (!other.series) return;
  if (!target.series) {
    target.series = other.series;
    target.axis = other.axis;
    return;
  }
  for (let i = 0; i < BUCKETS; i++)
    target.series[i] = (target.series[i] ?? 0) + (other.series[i] ?? 0);
  other.axis?.drop(other.series);
}
