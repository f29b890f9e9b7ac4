/**
 * Faults put into real logs, and windows without any. Each trial deals a log's lines at random to two hands,
 * both in their order: one is the baseline, a stretch of the other the window. So whatever the log does by
 * itself, bursts and faults of its own included, happens in both, and a window is clean by construction.
 */
import { createLogAnalysis, findAnomalies } from '../../src/logs/index.ts';
import { ASSUMED_YEAR, type EvaluationLog } from './logs-data.ts';

const WINDOW = 400;
const BURST_LINES = 60;
const NEW_ERRORS = [
  'Connection pool exhausted: 50 of 50 in use for orders',
  'failed to flush segment: no space left on device',
  'upstream checkout answered with an unexpected error',
  'cannot acquire lease within limit, giving up',
  'payload signature check failed for tenant acme',
];

type Row = { raw: string; content: string; gold: string };
export type FaultKind = 'new' | 'burst' | 'silence';
export type Trial = { baseline: Row[]; window: Row[] };
export type Random = (below: number) => number;

/** The same trials in every run. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

export function dealTrial(log: EvaluationLog, random: Random): Trial {
  const hands: [Row[], Row[]] = [[], []];
  log.raw.forEach((raw, i) => {
    const row = { raw, content: log.contents[i] ?? '', gold: log.gold[i] ?? '' };
    hands[random(2) === 0 ? 0 : 1].push(row);
  });
  const [baseline, other] = hands;
  const known = new Set(baseline.map(({ gold }) => gold));
  const pool = other.filter(({ gold }) => known.has(gold));
  const at = random(Math.max(1, pool.length - WINDOW));
  return { baseline, window: pool.slice(at, at + WINDOW) };
}

export type Injected = { window: Row[]; kind: FaultKind; gold: string; text: string };

/** Nothing when this window has no line kind that such a fault can befall. */
export function inject(kind: FaultKind, trial: Trial, random: Random): Injected | undefined {
  if (kind === 'new') return injectNew(trial, random);
  return kind === 'burst' ? injectBurst(trial, random) : injectSilence(trial, random);
}

/** One to five lines that the log never had, with the headers of their neighbours. */
function injectNew({ window }: Trial, random: Random): Injected {
  const text = NEW_ERRORS[random(NEW_ERRORS.length)] ?? '';
  const changed = [...window];
  for (let i = 1 + random(5); i > 0; i--) {
    const at = random(changed.length);
    changed.splice(at, 0, { raw: headerOf(changed[at]) + text, content: text, gold: 'injected' });
  }
  return { window: changed, kind: 'new', gold: 'injected', text };
}

/** Sixty lines of one kind, or as many as the window has of it, at one moment. */
function injectBurst({ window, baseline }: Trial, random: Random): Injected {
  const gold = window[random(window.length)]?.gold ?? '';
  const alike = [...baseline, ...window].filter((row) => row.gold === gold);
  const usual = window.filter((row) => row.gold === gold).length;
  const at = random(window.length);
  const header = headerOf(window[at]);
  const burst = Array.from({ length: Math.max(BURST_LINES, usual) }, () => {
    const content = alike[random(alike.length)]?.content ?? '';
    return { raw: header + content, content, gold };
  });
  return {
    window: [...window.slice(0, at), ...burst, ...window.slice(at)],
    kind: 'burst',
    gold,
    text: '',
  };
}

/** A kind that kept coming, in the window as in the baseline, stops after the first half. */
function injectSilence({ window, baseline }: Trial, random: Random): Injected | undefined {
  const regular = [...new Set(window.map(({ gold }) => gold))].filter(
    (gold) =>
      longestPause(window, gold) <= WINDOW / 10 && longestPause(baseline, gold) <= WINDOW / 4,
  );
  if (regular.length === 0) return undefined;
  const gold = regular[random(regular.length)] ?? '';
  const changed = window.filter((row, i) => i < WINDOW / 2 || row.gold !== gold);
  return { window: changed, kind: 'silence', gold, text: '' };
}

function longestPause(rows: readonly Row[], gold: string): number {
  let last = -1;
  let longest = 0;
  rows.forEach((row, i) => {
    if (row.gold !== gold) return;
    longest = Math.max(longest, i - last);
    last = i;
  });
  return Math.max(longest, rows.length - last);
}

function headerOf(row: Row | undefined): string {
  if (!row) return '';
  const at = row.raw.lastIndexOf(row.content.trimEnd());
  return at < 0 ? '' : row.raw.slice(0, at);
}

export function anomaliesIn(window: readonly Row[], baseline: readonly Row[]) {
  const analysis = createLogAnalysis({ assumedYear: ASSUMED_YEAR });
  if (baseline.length > 0) {
    analysis.begin('baseline');
    for (const { raw } of baseline) analysis.add(raw, false);
  }
  analysis.begin('current');
  for (const { raw } of window) analysis.add(raw, false);
  return findAnomalies(analysis.finish());
}

/** Whether one of the first five findings is the injected fault: its kind of anomaly on its kind of line. */
export function isFound(fault: Injected, found: ReturnType<typeof anomaliesIn>): boolean {
  return found.slice(0, 5).some(({ kind, what }) => {
    if (fault.kind === 'new') return kind !== 'silence' && what.example.endsWith(fault.text);
    if (kind !== fault.kind) return false;
    return fault.window.some(
      ({ raw, gold }) => gold === fault.gold && raw.startsWith(what.example.slice(0, 400)),
    );
  });
}
