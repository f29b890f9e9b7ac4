/** Every metric of the product. One that nobody sets fails a test. */
export const METRICS = {
  http_request_duration_seconds: {
    type: 'histogram',
    help: 'Time to answer an HTTP request.',
    labels: ['method', 'route', 'status'],
  },
  sitrep_events_total: {
    type: 'counter',
    help: 'Events received from chat platforms.',
    labels: ['platform', 'kind', 'outcome'],
  },
  sitrep_acknowledge_seconds: {
    type: 'histogram',
    help: 'Time from receiving an event to having it recorded, queued and acknowledged.',
    labels: ['platform', 'kind'],
  },
  sitrep_job_duration_seconds: {
    type: 'histogram',
    help: 'Time that one attempt of a job took.',
    labels: ['job', 'outcome'],
  },
  sitrep_job_wait_seconds: {
    type: 'histogram',
    help: 'Time that a job waited between being due and being picked up.',
    labels: ['job'],
  },
  sitrep_jobs_dead_total: {
    type: 'counter',
    help: 'Jobs given up after their last attempt.',
    labels: ['job'],
  },
  sitrep_card_seconds: {
    type: 'histogram',
    help: 'Time from the report of an incident to its first card on the platform.',
    labels: ['platform'],
  },
  sitrep_deliveries_total: {
    type: 'counter',
    help: 'Messages posted, edited, or found already posted after an unknown outcome.',
    labels: ['platform', 'outcome'],
  },
  sitrep_votes_total: { type: 'counter', help: 'Votes taken.', labels: ['value'] },
  active_incidents_total: { type: 'gauge', help: 'Incidents that are open.', labels: [] },
  sitrep_part_up: {
    type: 'gauge',
    help: 'Health by part: 1 up, 0.5 degraded, 0 down.',
    labels: ['part'],
  },
} as const satisfies Record<string, MetricDefinition>;

type MetricDefinition = {
  type: 'counter' | 'gauge' | 'histogram';
  help: string;
  labels: readonly string[];
};

type Named<Type extends MetricDefinition['type']> = {
  [Name in keyof typeof METRICS]: (typeof METRICS)[Name]['type'] extends Type ? Name : never;
}[keyof typeof METRICS];

export type Labels<Name extends keyof typeof METRICS> = {
  [Label in (typeof METRICS)[Name]['labels'][number]]: string;
};

export interface Metrics {
  count<Name extends Named<'counter'>>(name: Name, labels: Labels<Name>, by?: number): void;
  gauge<Name extends Named<'gauge'>>(name: Name, labels: Labels<Name>, value: number): void;
  observe<Name extends Named<'histogram'>>(name: Name, labels: Labels<Name>, value: number): void;
}
