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

const ODD_SERVICES = [
  ...[
    'pay',
    'payments',
    'payments-api',
    'payments-api-v2',
    'cart',
    'cart-cache',
    'cart-cache-writer',
  ],
  ...[
    'zahlungs-dienst',
    'übersetzer',
    'café-orders',
    'поиск-сервис',
    '検索',
    'straße-lookup',
    'ñandu-feed',
  ],
  ...[
    'kube-system/coredns',
    'db.users.primary',
    'S3Uploader',
    'mail',
    'x',
    'a1',
    'shop_frontend',
    'eu.gateway',
  ],
  ...[
    'order-flow',
    'root',
    'first-responder',
    'cause-tracker',
    'incident-bot',
    'error-collector',
    'slow-lane',
  ],
  ...[
    'very-long-name-of-a-service-that-somebody-once-chose',
    'the-service',
    'customer',
    'login',
    'queue',
  ],
];
const ODD_METRICS = [
  ...[
    'x',
    'zz_top',
    'foo.bar.baz',
    'p99',
    'SLOBurn',
    'kafka_consumergroup_lag',
    'jvm_gc_pause_seconds',
    'up',
  ],
  ...[
    'http_5xx',
    'свободное_место',
    'node_filesystem_avail_bytes',
    'queueDepthHigh',
    'cpu',
    'mem.rss',
    'TooManyTabs',
  ],
];

/** Analyses with gaps and oddities: one link or twelve, no root, several chains, strange names, no time at all. */
export function oddCase(dice: Dice): Rca {
  const names = [...ODD_SERVICES, ...SERVICES];
  const draw = () => names.splice(dice.below(names.length), 1)[0] ?? 'spare-service';
  const maybe = <Value>(likely: number, value: () => Value) =>
    dice.next() < likely ? value() : undefined;
  const share = () => Math.round(dice.next() * 1_000) / 1_000;
  const path = Array.from({ length: dice.pick([1, 1, 2, 2, 3, 4, 6, 8, 9, 12]) }, draw);
  const others = Array.from({ length: dice.pick([0, 0, 1, 2, 5]) }, () =>
    dice.next() < 0.7 ? [...path.slice(0, 1 + dice.below(path.length)), draw()] : [draw(), draw()],
  );
  const start = Date.UTC(
    2026,
    dice.below(12),
    1 + dice.below(28),
    dice.below(24),
    dice.below(60),
    dice.below(60),
  );
  const minutes = dice.pick([0, 0.2, 1, 1.5, 30, 61, 90, 150, 1_440, 1_441, 10_000, 50_000]);
  const details = dice.pick([
    `Spearman correlation: ${share()}, p-value: 0.00${1 + dice.below(9)}`,
    'error budget burned 38.7% in 2.5 minutes',
    'queue grew from 1200 to 4500000 messages',
    'retries went from 3 to 12 per request; 1,234,567 requests failed',
    '???',
    'Feature flag enables a loop of retries -> Callers run out of connections (EMFILE) -> Pages load in 12 seconds',
  ]);
  return parseRca({
    impact: {
      impactService: maybe(0.85, () => path.at(-1)),
      metricName: maybe(0.7, () => dice.pick(ODD_METRICS)),
      severity: maybe(0.8, share),
      timeStartStr: maybe(0.8, () => new Date(start).toISOString()),
      timeEndStr: maybe(0.8, () => new Date(start + minutes * 60_000).toISOString()),
    },
    rootCause: {
      service: maybe(0.8, () => path[0]),
      component: maybe(0.5, () =>
        dice.pick([...COMPONENTS, 'x', 'flag-7', 'Разбор', path[0] ?? '', path.at(-1) ?? '']),
      ),
      evidence:
        maybe(0.7, () => [{ type: dice.pick(['correlation', 'temporal', 'log', '']), details }]) ??
        [],
    },
    chains: [path, ...others].map((services) => ({
      score: maybe(0.8, share),
      durationHops: maybe(0.5, () => services.length - 1),
      steps: services.map((service) => ({
        kpiName: maybe(0.8, () => dice.pick([...ODD_METRICS, `${service}_errors_total`])),
        service,
        suspicionScore: maybe(0.6, share),
      })),
    })),
  });
}
