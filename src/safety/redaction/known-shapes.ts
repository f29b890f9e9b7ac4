import { beginsToken, type Detector, type Finding, matchAt } from './finding.ts';
import { SHAPES, type Shape } from './shapes.ts';

type Compiled = {
  shape: Shape;
  anchor: string;
  pattern: RegExp;
  back: number;
};

const COMPILED: readonly Compiled[] = SHAPES.flatMap((shape) =>
  shape.anchors.map((anchor) => ({
    shape,
    anchor,
    pattern: new RegExp(`${shape.before?.pattern ?? ''}${escaped(anchor)}${shape.rest}`, 'y'),
    back: shape.before?.length ?? 0,
  })),
);

export const knownShapes: Detector = (text) => {
  const found: Finding[] = [];
  for (const { shape, anchor, pattern, back } of COMPILED) {
    let at = text.indexOf(anchor);
    while (at >= 0) {
      const start = at - back;
      const match =
        start >= 0 && (shape.anywhere || beginsToken(text, start))
          ? matchAt(pattern, text, start)
          : null;
      if (match) found.push({ start, end: start + match[0].length, kind: shape.kind });
      at = text.indexOf(
        anchor,
        Math.max(at + 1, match ? match.index + match[0].length : resume(shape, text, at)),
      );
    }
  }
  return found;
};

const RUN = /[A-Za-z0-9_-]*/y;

function resume(shape: Shape, text: string, at: number): number {
  return shape.fails === 'run' ? at + (matchAt(RUN, text, at)?.[0].length ?? 0) : at;
}

function escaped(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
