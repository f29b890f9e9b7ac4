import type { Counts, Kind } from './counts.ts';
import { BUCKETS } from './series.ts';
import type { Collected, Tally } from './tally.ts';
import { isErrorWeight, WEIGHT, weightOf } from './weight.ts';

export type AnomalyKind = 'new' | 'burst' | 'silence';

export type Found = {
  kind: AnomalyKind;
  what: Kind;
  score: number;
  weight: number;
  /** Lines that make it up, and how many were to be expected. */
  observed: number;
  expected: number;
  /** Where it starts: milliseconds or line number, as the log's axis counts; NaN when unknown. */
  from: number;
};

/** A burst has at least so many lines, and so many times what its kind ever did elsewhere. */
const BURST_LINES = 15;
const BURST_OVER_PEAK = 3;
const BURST_OVER_MEAN = 6;
/** The same for lines that follow each other closely. */
const RUN_LINES = 20;
const RUN_OVER_PEAK = 2;
/** A silence swallowed at least so many lines that were due, and is so many times the longest pause before. */
const SILENCE_DUE = 15;
const SILENCE_OVER_PAUSE = 2;
const SILENCE_ALONE_DUE = 40;
const SILENCE_ALONE_OVER_PAUSE = 5;
/** Without a baseline the first part of the log has to serve as one. */
const OPENING = 0.3;
/** Something new that is no error must be frequent to matter. */
const NEW_WARNINGS = 3;
const NEW_OTHER_SHARE = 0.05;
const NEW_OTHER_LINES = 25;

/** What stands out, loudest first: never because it is rare alone. */
export function findAnomalies(collected: Collected): Found[] {
  alignAxes(collected);
  const found: Found[] = [];
  for (const kind of collected.kinds) {
    const weight = weightOf(kind);
    const newcomer = findNew(kind, weight, collected);
    const burst = louder(findBurst(kind, weight, collected), findRun(kind, weight, collected));
    const silence = findSilence(kind, weight, collected);
    // A new error that comes in a burst is one thing.
    const best =
      newcomer && burst
        ? { ...newcomer, score: newcomer.score + burst.score / 2 }
        : (newcomer ?? burst);
    if (best) found.push(best);
    if (silence) found.push(silence);
  }
  return found.toSorted((a, b) => b.score - a.score);
}

/** Buckets of both logs the same width, so that their heights can be compared. */
function alignAxes({ current, baseline }: Collected): void {
  if (!baseline || baseline.timed !== current.timed) return;
  while (baseline.axis.width() < current.axis.width()) baseline.axis.widen();
}

function findNew(kind: Kind, weight: number, { current, baseline }: Collected): Found | undefined {
  const { lines } = kind.current;
  if (lines === 0 || kind.baseline.lines > 0) return undefined;
  if (baseline) {
    const frequent = lines >= Math.max(NEW_OTHER_LINES, current.lines * NEW_OTHER_SHARE);
    const matters =
      isErrorWeight(weight) || (weight >= WEIGHT.warning && lines >= NEW_WARNINGS) || frequent;
    if (!matters) return undefined;
  } else if (!isErrorWeight(weight) || kind.current.firstLine < current.lines * OPENING)
    return undefined;
  return {
    kind: 'new',
    what: kind,
    weight,
    score: weight * (baseline ? 20 : 12) + 4 * Math.log2(1 + lines),
    observed: lines,
    expected: 0,
    from: startOf(kind.current, current),
  };
}

function findBurst(
  kind: Kind,
  weight: number,
  { current, baseline }: Collected,
): Found | undefined {
  const series = kind.current.series;
  if (!series || kind.current.lines < BURST_LINES) return undefined;
  const known = baseline !== undefined && kind.baseline.lines > 0;
  let best: Found | undefined;
  for (let size = 1; size <= BUCKETS / 16; size *= 2) {
    const top = highest(series, size, -1, -1);
    if (top.sum < BURST_LINES) continue;
    const elsewhere = highest(series, size, top.at - size, top.at + 2 * size).sum;
    const comparable = baseline && baseline.timed === current.timed && kind.baseline.series;
    const before = comparable ? highest(kind.baseline.series ?? series, size, -1, -1).sum : 0;
    const wider = comparable ? baseline.axis.width() / current.axis.width() : 1;
    const peak = Math.max(elsewhere, wider > 1 ? before / 2 : before);
    const usual = usualRate(kind, current, baseline, top.sum) * size;
    if (top.sum < BURST_OVER_PEAK * (peak + BURST_LINES / 5) || top.sum < BURST_OVER_MEAN * usual)
      continue;
    // A kind that was seen in this one burst only may be a routine of the program, such as its start.
    if (!known && elsewhere === 0 && !isErrorWeight(weight)) continue;
    const score = weight * 8 + 10 * Math.log2(top.sum / Math.max(1, usual, peak));
    if (best && best.score >= score) continue;
    best = {
      kind: 'burst',
      what: kind,
      weight,
      score,
      observed: top.sum,
      expected: Math.round(Math.max(usual, peak)),
      from: current.axis.origin() + top.at * current.axis.width(),
    };
  }
  return best;
}

function louder(one: Found | undefined, other: Found | undefined): Found | undefined {
  if (!one || !other) return one ?? other;
  return one.score >= other.score ? one : other;
}

/** A burst as it shows in the order of the lines, whatever the clock's grain: one kind shuts out the others. */
function findRun(kind: Kind, weight: number, { current, baseline }: Collected): Found | undefined {
  const { densest, secondWeight } = kind.current;
  const known = baseline !== undefined && kind.baseline.lines > 0;
  const peak = Math.max(known ? kind.baseline.densest.weight : 0, secondWeight, 1);
  if (densest.lines < RUN_LINES || densest.weight < RUN_OVER_PEAK * (peak + 2)) return undefined;
  if (!known && secondWeight === 0 && !isErrorWeight(weight)) return undefined;
  // Where the others fell silent, the kind that goes on as ever is not loud.
  const counts = known ? kind.baseline : kind.current;
  const interval = (counts.lastMs - counts.firstMs) / counts.lines;
  if ((densest.toMs - densest.fromMs) / densest.lines > interval / 2) return undefined;
  return {
    kind: 'burst',
    what: kind,
    weight,
    score: weight * 8 + 10 * Math.log2(densest.weight / peak),
    observed: densest.lines,
    expected: Math.round(peak),
    from: current.timed ? densest.fromMs : densest.fromLine,
  };
}

/** Lines in one bucket of the current log, were it like the baseline, or like its own rest. */
function usualRate(kind: Kind, current: Tally, baseline: Tally | undefined, burst: number): number {
  const buckets = spanOf(current.all);
  if (baseline && kind.baseline.lines > 0) {
    return (kind.baseline.lines / baseline.lines) * (current.lines / buckets);
  }
  return (kind.current.lines - burst) / buckets;
}

function spanOf(series: Uint32Array): number {
  let first = series.length;
  let last = 0;
  for (let i = 0; i < series.length; i++) {
    if (series[i] === 0) continue;
    if (i < first) first = i;
    last = i;
  }
  return Math.max(1, last - first + 1);
}

/** The highest sum over `size` buckets, outside a stretch that is left out. */
function highest(series: Uint32Array, size: number, outFrom: number, outTo: number) {
  let sum = 0;
  let length = 0;
  let best = { sum: 0, at: 0 };
  for (let i = 0; i < series.length; i++) {
    if (i >= outFrom && i < outTo) {
      sum = 0;
      length = 0;
      continue;
    }
    sum += series[i] ?? 0;
    if (++length > size) sum -= series[i - size] ?? 0;
    if (sum > best.sum) best = { sum, at: Math.max(0, i - size + 1) };
  }
  return best;
}

function findSilence(
  kind: Kind,
  weight: number,
  { current, baseline }: Collected,
): Found | undefined {
  const now = kind.current;
  const before = kind.baseline;
  const tail = current.lines - (now.lines > 0 ? now.lastLine + 1 : 0);
  const inside = now.gap > tail && now.lines > 1;
  const pause = inside ? now.gap : tail;
  const otherPause = Math.max(
    inside ? now.secondGap : now.gap,
    now.firstLine,
    longestPause(before, baseline),
    1,
  );
  const share = Math.max(
    baseline && before.lines > 0 ? before.lines / baseline.lines : 0,
    baseline || now.lines < SILENCE_DUE ? 0 : now.lines / Math.max(1, current.lines - pause),
  );
  const due = share * pause;
  // Programs go through phases: without a baseline a silence must be striking.
  const [least, over] = baseline
    ? [SILENCE_DUE, SILENCE_OVER_PAUSE]
    : [SILENCE_ALONE_DUE, SILENCE_ALONE_OVER_PAUSE];
  if (due < least || pause < over * otherPause) return undefined;
  if (!timeAgrees(now, current, inside)) return undefined;
  const from = inside ? now.gapFrom + 1 : now.lines > 0 ? now.lastLine + 1 : 0;
  return {
    kind: 'silence',
    what: kind,
    weight,
    score: 12 * Math.log2(1 + due / SILENCE_DUE) + 8 * Math.log2(pause / otherPause) + 4 * weight,
    observed: 0,
    expected: Math.round(due),
    from: current.timed && !inside ? now.lastMs : current.timed ? Number.NaN : from,
  };
}

/** What is missing at the start or at the end is a pause, too. */
function longestPause(counts: Counts, tally: Tally | undefined): number {
  if (!tally || counts.lines === 0) return 0;
  return Math.max(counts.gap, counts.firstLine, tally.lines - counts.lastLine);
}

/** Other lines that get loud make a pause long in lines; it must be long on the clock as well. */
function timeAgrees(now: Counts, current: Tally, inside: boolean): boolean {
  if (!current.timed || Number.isNaN(now.lastMs) || now.lines < 2) return true;
  const pause = inside ? now.gapMs : current.lastMs - now.lastMs;
  return pause >= 3 * ((now.lastMs - now.firstMs) / (now.lines - 1));
}

function startOf(counts: Counts, tally: Tally): number {
  return tally.timed ? counts.firstMs : counts.firstLine;
}
