import { drawPie } from './chart-pie.js';
import { el, svg } from './dom.js';

const HEIGHT = 190;
const FIRST_WIDTH = 560;
const LEFT = 46;
const RIGHT = 10;
const TOP = 10;
const BOTTOM = 26;
/** About the width of one character of a tick's label. */
const CHARACTER = 6.4;

const number = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 });
const short = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });

/** The drawing for the eye, a sentence for the ear, and the numbers for whoever wants them. */
export function drawChart(chart) {
  const frame = el('div', { class: 'chart-frame' });
  let width = 0;
  const redraw = (wide) => {
    if (wide === width || wide < 80) return;
    width = wide;
    const drawing = chart.type === 'pie' ? drawPie(chart) : drawAxes(chart, wide);
    drawing.setAttribute('role', 'img');
    drawing.setAttribute('aria-label', inWords(chart));
    frame.replaceChildren(drawing);
  };
  redraw(FIRST_WIDTH);
  // Scaled as a picture its labels would be unreadable on a phone, so it is drawn for the width it has.
  new ResizeObserver(([entry]) => redraw(Math.round(entry.contentRect.width))).observe(frame);
  return el(
    'figure',
    { class: 'chart' },
    el('figcaption', {}, chart.title),
    frame,
    legend(chart),
    numbers(chart),
  );
}

function drawAxes(chart, width) {
  const labels = labelsOf(chart);
  const values = chart.series.flatMap(({ points }) => points.map(({ value }) => value));
  const ticks = niceTicks(Math.min(0, ...values), Math.max(0, ...values));
  const [low, high] = [ticks[0], ticks.at(-1)];
  const inner = width - LEFT - RIGHT;
  const y = (value) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - low) / (high - low));
  const slot = inner / labels.length;
  const x = (i) => LEFT + slot * (i + 0.5);
  const shape = { labels, slot, x, y };
  return svg(
    'svg',
    { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT },
    ticks.flatMap((tick) => [
      svg('line', {
        class: tick === 0 ? 'axis' : 'grid',
        x1: LEFT,
        x2: width - RIGHT,
        y1: y(tick),
        y2: y(tick),
      }),
      svg('text', { x: LEFT - 8, y: y(tick) + 4, 'text-anchor': 'end' }, short.format(tick)),
    ]),
    chart.type === 'bar'
      ? bars(chart, shape)
      : chart.series.flatMap((s, n) => line(chart, s, n, shape)),
    xLabels(labels, slot, x),
  );
}

function bars({ series }, { labels, slot, x, y }) {
  const thick = Math.min(44, (slot * 0.72) / series.length);
  return series.flatMap((one, n) =>
    one.points.map(({ label, value }) => {
      const left = x(labels.indexOf(label)) - (thick * series.length) / 2 + thick * n;
      return svg(
        'rect',
        {
          class: `column series-${n % 6}`,
          x: left,
          y: Math.min(y(value), y(0)),
          width: Math.max(1, thick - 2),
          height: Math.max(1, Math.abs(y(value) - y(0))),
          rx: Math.min(3, thick / 4),
        },
        svg('title', {}, `${one.name}, ${label}: ${number.format(value)}`),
      );
    }),
  );
}

function line({ type }, one, n, { labels, x, y }) {
  const points = one.points.map(({ label, value }) => [x(labels.indexOf(label)), y(value)]);
  const path = `M${points.map(([px, py]) => `${px.toFixed(1)} ${py.toFixed(1)}`).join('L')}`;
  const area = `${path}L${points.at(-1)[0]} ${y(0)}L${points[0][0]} ${y(0)}Z`;
  return [
    type === 'area' && svg('path', { class: `area series-${n % 6}`, d: area }),
    svg('path', { class: `line series-${n % 6}`, d: path }),
    ...points.map(([cx, cy], i) =>
      svg(
        'circle',
        { class: `dot series-${n % 6}`, cx, cy, r: points.length > 40 ? 1.5 : 3 },
        svg(
          'title',
          {},
          `${one.name}, ${one.points[i].label}: ${number.format(one.points[i].value)}`,
        ),
      ),
    ),
  ].filter(Boolean);
}

/** As many labels as fit without touching. */
function xLabels(labels, slot, x) {
  const longest = Math.max(...labels.map((label) => Math.min(label.length, 14)));
  const every = Math.max(1, Math.ceil((longest * CHARACTER + 10) / slot));
  return labels.flatMap((label, i) =>
    i % every === 0
      ? [svg('text', { x: x(i), y: HEIGHT - 8, 'text-anchor': 'middle' }, shorten(label))]
      : [],
  );
}

function shorten(label) {
  return label.length > 14 ? `${label.slice(0, 13)}…` : label;
}

/** Round steps of 1, 2 or 5, so that a reader can count between them. */
function niceTicks(low, high) {
  const span = high - low || 1;
  const rough = span / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough) ?? rough;
  const first = Math.floor(low / step);
  const last = Math.max(first + 1, Math.ceil((high || low + span) / step));
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

function labelsOf({ series }) {
  return [...new Set(series.flatMap(({ points }) => points.map(({ label }) => label)))];
}

function legend({ type, series }) {
  const names =
    type === 'pie'
      ? (series[0]?.points ?? []).map(({ label }) => label)
      : series.map(({ name }) => name);
  if (names.length < 2) return undefined;
  return el(
    'ul',
    { class: 'legend', 'aria-hidden': 'true' },
    names.map((name, n) => el('li', { class: `series-${n % 6}` }, name)),
  );
}

function numbers(chart) {
  const labels = labelsOf(chart);
  const cell = ({ points }, label) => points.find((point) => point.label === label)?.value;
  return el(
    'details',
    { class: 'numbers' },
    el('summary', {}, 'Show the numbers'),
    el(
      'div',
      { class: 'table-frame', tabindex: '0', role: 'region', 'aria-label': chart.title },
      el(
        'table',
        {},
        el('caption', { class: 'unseen' }, chart.title),
        el(
          'thead',
          {},
          el(
            'tr',
            {},
            el('td'),
            chart.series.map(({ name }) => el('th', { scope: 'col', class: 'number' }, name)),
          ),
        ),
        el(
          'tbody',
          {},
          labels.map((label) =>
            el(
              'tr',
              {},
              el('th', { scope: 'row' }, label),
              chart.series.map((one) => {
                const value = cell(one, label);
                return el(
                  'td',
                  { class: 'number' },
                  value === undefined ? '' : number.format(value),
                );
              }),
            ),
          ),
        ),
      ),
    ),
  );
}

const KINDS = { bar: 'Bar chart', line: 'Line chart', area: 'Area chart', pie: 'Pie chart' };
/** Beyond this many a list of numbers is noise; the table below has them all. */
const MOST_WORDS = 12;

function inWords({ type, title, series }) {
  const all = series.flatMap(({ name, points }) =>
    points.map(({ label, value }) => `${name}, ${label}: ${number.format(value)}`),
  );
  const rest =
    all.length > MOST_WORDS ? `; and ${all.length - MOST_WORDS} more in the table below` : '';
  return `${KINDS[type]}: ${title}. ${all.slice(0, MOST_WORDS).join('; ')}${rest}.`;
}
