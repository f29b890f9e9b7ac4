/** Buckets of the common time line; its width doubles whenever the lines outgrow it. */
export const BUCKETS = 240;

/** A stamp further off than this is a slip of the writer, not the time of this log. */
const FARTHEST = 400 * 86_400_000;

/**
 * Where on the time line a line falls. All series share one axis, so that they can be compared; positions
 * are milliseconds, or line numbers for logs without a clock.
 */
export function createAxis(unit: number) {
  let origin = Number.NaN;
  let width = unit;
  const all = new Set<Uint32Array>();

  function foldPairs(from: Uint32Array, offset: number): void {
    const half = BUCKETS / 2;
    const folded = new Uint32Array(half);
    for (let i = 0; i < half; i++) folded[i] = (from[2 * i] ?? 0) + (from[2 * i + 1] ?? 0);
    from.fill(0);
    from.set(folded, offset);
  }

  return {
    /** A series on this axis. */
    series(): Uint32Array {
      const made = new Uint32Array(BUCKETS);
      all.add(made);
      return made;
    },
    /** Lets go of a series whose counts went into another. */
    drop(series: Uint32Array): void {
      all.delete(series);
    },
    /** The bucket of a position, or -1 when it is out of all reason. */
    bucket(position: number): number {
      if (Number.isNaN(origin)) origin = Math.floor(position / width) * width;
      let index = Math.floor((position - origin) / width);
      if (index >= 0 && index < BUCKETS) return index;
      if (Math.abs(position - origin) > Math.max(FARTHEST, 4 * BUCKETS * width)) return -1;
      while (index < 0 || index >= BUCKETS) {
        // Grows towards the side that is needed.
        const offset = index < 0 ? BUCKETS / 2 : 0;
        for (const series of all) foldPairs(series, offset);
        width *= 2;
        origin -= offset * width;
        index = Math.floor((position - origin) / width);
      }
      return index;
    },
    /** Doubles the width, so that two axes of one unit can be made alike. */
    widen(): void {
      for (const series of all) foldPairs(series, 0);
      width *= 2;
    },
    width: () => width,
    origin: () => origin,
  };
}

export type Axis = ReturnType<typeof createAxis>;
