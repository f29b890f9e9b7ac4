import { svg } from './dom.js';

const SIZE = 180;
const RADIUS = 82;
const HOLE = 46;

const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 0 });

/** One series as a ring; shares below nothing cannot be drawn and count as nothing. */
export function drawPie({ series }) {
  const points = (series[0]?.points ?? []).map(({ label, value }) => ({
    label,
    value: Math.max(0, value),
  }));
  const total = points.reduce((sum, { value }) => sum + value, 0);
  const picture = svg('svg', {
    viewBox: `0 0 ${SIZE} ${SIZE}`,
    width: SIZE,
    height: SIZE,
    class: 'pie',
  });
  if (total === 0) {
    picture.append(
      svg('text', { x: SIZE / 2, y: SIZE / 2, 'text-anchor': 'middle' }, 'All are zero'),
    );
    return picture;
  }
  let from = 0;
  for (const [n, { label, value }] of points.entries()) {
    const share = value / total;
    if (share === 0) continue;
    const to = from + share;
    const [tx, ty] = at((from + to) / 2, (RADIUS + HOLE) / 2);
    picture.append(
      svg(
        'path',
        { class: `slice series-${n % 6}`, d: ring(from, to), 'fill-rule': 'evenodd' },
        svg('title', {}, `${label}: ${percent.format(share)}`),
      ),
    );
    if (share >= 0.07) {
      picture.append(
        svg(
          'text',
          { class: 'share', x: tx, y: ty + 4, 'text-anchor': 'middle' },
          percent.format(share),
        ),
      );
    }
    from = to;
  }
  return picture;
}

function at(turn, radius) {
  const angle = turn * 2 * Math.PI - Math.PI / 2;
  return [SIZE / 2 + radius * Math.cos(angle), SIZE / 2 + radius * Math.sin(angle)].map(
    (value) => Math.round(value * 100) / 100,
  );
}

function ring(from, to) {
  // An arc that ends where it starts is nothing, so a whole ring is two halves.
  if (to - from > 0.999) return `${ring(0, 0.5)}${ring(0.5, 0.99999)}`;
  const big = to - from > 0.5 ? 1 : 0;
  const [[ax, ay], [bx, by]] = [at(from, RADIUS), at(to, RADIUS)];
  const [[cx, cy], [dx, dy]] = [at(to, HOLE), at(from, HOLE)];
  return `M${ax} ${ay}A${RADIUS} ${RADIUS} 0 ${big} 1 ${bx} ${by}L${cx} ${cy}A${HOLE} ${HOLE} 0 ${big} 0 ${dx} ${dy}Z`;
}
