import type { Facts, ShareKind } from '../../facts.ts';
import { alsoHit, chainsByImportance, MOST_OTHERS, MOST_STEPS, servicesOf } from '../../story.ts';
import { statementsOf } from '../../words/clauses.ts';
import { wordsOf } from '../../words/names.ts';

export type KnownFigures = {
  shares: { kind: ShareKind; value: number }[];
  /** Lengths in seconds; that of the window is known too, but nothing came that much before anything. */
  windowSeconds: number | undefined;
  evidenceSeconds: number[];
  /** Minutes of the day, UTC. */
  times: Set<number>;
  dates: { year: number; month: number; day: number }[];
  /** How many services a path or all of them have. */
  services: Set<number>;
  /** How many steps, paths and pieces of evidence there are. */
  counts: Set<number>;
  /** Other numbers of the evidence with the words around them. */
  plain: { value: number; beside: Set<string> }[];
};

const UNIT_SECONDS: Record<string, number> = {
  ms: 0.001,
  millisecond: 0.001,
  s: 1,
  sec: 1,
  second: 1,
  m: 60,
  min: 60,
  minute: 60,
  h: 3_600,
  hr: 3_600,
  hour: 3_600,
  d: 86_400,
  day: 86_400,
  week: 604_800,
};

/** Seconds of one unit of time, in whichever spelling. */
export function secondsOf(unit: string): number | undefined {
  const bare = unit.toLowerCase();
  return UNIT_SECONDS[bare] ?? UNIT_SECONDS[bare.replace(/s$/, '')];
}

const BESIDE = 3;
/** Explanations tell of the most important chains; each may be counted. */
const TOLD_CHAINS = 3;

export function knownFigures({ rca }: Facts): KnownFigures {
  const { impact, rootCause, chains } = rca;
  const known: KnownFigures = {
    shares: [],
    windowSeconds: undefined,
    evidenceSeconds: [],
    times: new Set(),
    dates: [],
    services: new Set(),
    counts: new Set(),
    plain: [],
  };
  const share = (kind: ShareKind, value: number | undefined) => {
    if (value !== undefined) known.shares.push({ kind, value });
  };
  share('severity', impact.severity);
  for (const chain of chains) {
    share('score', chain.score);
    for (const step of chain.steps) share('suspicion', step.suspicionScore);
  }
  const moments = [impact.timeStartStr, impact.timeEndStr].filter(
    (time): time is string => time !== undefined,
  );
  for (const time of moments) {
    const date = new Date(time);
    known.times.add(date.getUTCHours() * 60 + date.getUTCMinutes());
    known.dates.push({
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
    });
  }
  if (impact.timeStartStr !== undefined && impact.timeEndStr !== undefined) {
    known.windowSeconds = (Date.parse(impact.timeEndStr) - Date.parse(impact.timeStartStr)) / 1_000;
  }
  for (const { details } of rootCause.evidence) readDetails(details ?? '', known);
  for (const { steps } of chains) {
    for (const { kpiName } of steps) readDetails(wordsOf(kpiName ?? '').join(' '), known);
  }
  countThings(rca, known);
  return known;
}

function readDetails(details: string, known: KnownFigures): void {
  for (const [, hours, minutes] of details.matchAll(/\b([01]?\d|2[0-3]):([0-5]\d)\b/g)) {
    known.times.add(Number(hours) * 60 + Number(minutes));
  }
  const tokens = details.match(/\d+(?:\.\d+)?|[\p{L}]+|%/gu) ?? [];
  tokens.forEach((token, i) => {
    if (!/^\d/.test(token)) return;
    const value = Number(token);
    const unit = tokens[i + 1] ?? '';
    const around = tokens.slice(Math.max(0, i - BESIDE), i + 1 + BESIDE);
    const beside = new Set(around.map((word) => word.toLowerCase().replace(/s$/, '')));
    const seconds = secondsOf(unit);
    if (unit === '%' || unit === 'percent')
      known.shares.push({ kind: 'evidence', value: value / 100 });
    else if (seconds !== undefined) known.evidenceSeconds.push(value * seconds);
    else if (beside.has('correlation') || beside.has('spearman') || beside.has('pearson')) {
      known.shares.push({ kind: 'correlation', value });
    }
    known.plain.push({ value, beside });
  });
}

function countThings(rca: Facts['rca'], { services, counts }: KnownFigures): void {
  const { chains, rootCause } = rca;
  const told = chainsByImportance(rca);
  counts.add(told.length);
  counts.add(told.length - 1);
  for (const chain of told.slice(0, TOLD_CHAINS)) {
    const passed = servicesOf(chain).length;
    services.add(passed).add(passed - 1);
    counts.add(chain.steps.length).add(chain.steps.length - 1);
    // What the narrator leaves out of a long list it counts.
    if (chain.steps.length > MOST_STEPS) counts.add(chain.steps.length - MOST_STEPS + 1);
    if (chain.durationHops !== undefined) counts.add(chain.durationHops);
  }
  const all = new Set(chains.flatMap(servicesOf)).size;
  const others = alsoHit(rca).length;
  services
    .add(all)
    .add(all - 1)
    .add(others)
    .add(others + 1);
  if (others > MOST_OTHERS) counts.add(others - MOST_OTHERS);
  for (const count of services) counts.add(count);
  counts.add(rootCause.evidence.length);
  counts.add(rootCause.evidence.flatMap(({ details }) => statementsOf(details ?? '')).length);
  for (const known of [services, counts])
    for (const count of [...known]) if (count < 1) known.delete(count);
}
