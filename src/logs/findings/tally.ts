import type { Kind } from './counts.ts';
import { type Axis, createAxis } from './series.ts';

/** What was read of one log. */
export type Tally = {
  lines: number;
  continuations: number;
  cut: number;
  withHeader: number;
  levels: Uint32Array;
  firstMs: number;
  lastMs: number;
  /** Lines over time, and how many of them are errors. */
  all: Uint32Array;
  errors: Uint32Array;
  axis: Axis;
  /** The axis shows time; else the number of the line. */
  timed: boolean;
};

/** All kinds of lines, merged, with the log and the baseline they were counted in. */
export type Collected = { kinds: Kind[]; current: Tally; baseline: Tally | undefined };

const MOST_LEVELS = 7;

export function createTally(timed: boolean): Tally {
  const axis = createAxis(timed ? 1_000 : 1);
  return {
    lines: 0,
    continuations: 0,
    cut: 0,
    withHeader: 0,
    levels: new Uint32Array(MOST_LEVELS),
    firstMs: Number.NaN,
    lastMs: Number.NaN,
    all: axis.series(),
    errors: axis.series(),
    axis,
    timed,
  };
}
