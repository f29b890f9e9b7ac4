import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { METRICS, type Metrics } from '../ports/metrics.ts';

/** From 1 ms, a local answer, to 60 s, a job that waited for a model; about three steps a decade. */
const SECONDS_BUCKETS = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10, 30, 60,
];

export type MetricsRegistry = {
  metrics: Metrics;
  /** Everything in the Prometheus text format. */
  text(): Promise<string>;
  contentType: string;
};

export function createMetrics(): MetricsRegistry {
  const registry = new Registry();
  const counters = new Map<string, Counter>();
  const gauges = new Map<string, Gauge>();
  const histograms = new Map<string, Histogram>();

  for (const [name, { type, help, labels }] of Object.entries(METRICS)) {
    const about = { name, help, labelNames: labels, registers: [registry] };
    if (type === 'counter') counters.set(name, new Counter(about));
    else if (type === 'gauge') gauges.set(name, new Gauge(about));
    else histograms.set(name, new Histogram({ ...about, buckets: SECONDS_BUCKETS }));
  }
  collectDefaultMetrics({ register: registry, prefix: 'sitrep_' });

  // prom-client throws on values that make no sense, such as a time measured across a clock that was set
  // back, and measuring must never break what is measured.
  const metrics: Metrics = {
    count(name, labels, by = 1) {
      if (by >= 0 && Number.isFinite(by)) counters.get(name)?.inc(labels, by);
    },
    gauge(name, labels, value) {
      if (Number.isFinite(value)) gauges.get(name)?.set(labels, value);
    },
    observe(name, labels, value) {
      if (Number.isFinite(value)) histograms.get(name)?.observe(labels, Math.max(0, value));
    },
  };

  return { metrics, text: () => registry.metrics(), contentType: registry.contentType };
}
