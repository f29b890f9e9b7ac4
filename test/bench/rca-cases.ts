import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseRca, type Rca } from '../../src/domain/rca.ts';

/** Seeded, so that every run measures the same. */
export function createDice(seed: number) {
  let state = seed >>> 0;
  // Mulberry32.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (count: number) => Math.floor(next() * count);
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[below(items.length)];
    if (item === undefined) throw new Error('There is nothing to pick from.');
    return item;
  };
  return { next, below, pick };
}
export type Dice = ReturnType<typeof createDice>;

export function readCases(folder: string): { id: string; rca: Rca }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.startsWith('scenario_'))
    .sort()
    .map((name) => ({
      id: name.replace(/\.json$/, ''),
      rca: parseRca(JSON.parse(readFileSync(join(folder, name), 'utf8'))),
    }));
}

const SERVICES = [
  ...['login-service', 'seat-map', 'ticket-printer', 'price-engine', 'gate-keeper', 'fare-cache'],
  ...['route-planner', 'session-store', 'media-encoder', 'thumbnail-worker', 'tax-calculator'],
  ...['refund-api', 'stock-sync', 'parcel-tracker', 'label-service', 'chat-relay', 'voice-bridge'],
  ...[
    'mapTiles',
    'geoLookup',
    'reportBuilder',
    'invoice_writer',
    'ledger_db',
    'audit_log',
    'meterReader',
  ],
];
const METRICS = [
  ...['_errors_total', '_request_duration_seconds', '_failures_total', '_timeouts_total'],
  ...[
    '_cpu_usage_percent',
    '_queue_depth',
    '_connections_active',
    '_restarts_total',
    '_rejected_requests_total',
  ],
];
const COMPONENTS = ['token_checker', 'connection-pool', 'retry-loop', 'cert-loader', 'rule_parser'];

/** Analyses of made-up systems, with one to three chains from one root. */
export function madeUpCase(dice: Dice): Rca {
  const names = [...SERVICES];
  const draw = () => names.splice(dice.below(names.length), 1)[0] ?? 'spare-service';
  const path = Array.from({ length: 3 + dice.below(4) }, draw);
  const others = Array.from({ length: dice.below(3) }, () => [
    ...path.slice(0, 1 + dice.below(path.length - 1)),
    draw(),
  ]);
  const share = () => Math.round((0.35 + dice.next() * 0.63) * 100) / 100;
  const metric = (service: string) =>
    `${service.replaceAll('-', '_').toLowerCase()}${dice.pick(METRICS)}`;
  const start = Date.UTC(
    2026,
    dice.below(12),
    1 + dice.below(28),
    dice.below(24),
    5 * dice.below(12),
  );
  const minutes = dice.pick([7, 12, 18, 25, 40, 55, 75, 95, 130]);
  const [root = '', second = ''] = path;
  return parseRca({
    impact: {
      impactService: path.at(-1),
      metricName: metric(path.at(-1) ?? ''),
      severity: share(),
      timeStartStr: new Date(start).toISOString(),
      timeEndStr: new Date(start + minutes * 60_000).toISOString(),
    },
    rootCause: {
      service: root,
      component: dice.pick(COMPONENTS),
      evidence: [
        {
          type: 'correlation',
          details: `Spearman correlation: ${share()}, p-value: 0.00${1 + dice.below(9)}`,
        },
        {
          type: 'temporal',
          details: `${root} errors led ${second} failures by ${2 + dice.below(4)} minutes`,
        },
      ],
    },
    chains: [path, ...others].map((services) => ({
      score: share(),
      durationHops: services.length - 1,
      steps: services.map((service) => ({
        kpiName: metric(service),
        service,
        suspicionScore: share(),
      })),
    })),
  });
}
