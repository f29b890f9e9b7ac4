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
    help: 'Messages posted, edited, refused by the platform, or found already posted after an unknown outcome.',
    labels: ['platform', 'outcome'],
  },
  sitrep_votes_total: { type: 'counter', help: 'Votes taken.', labels: ['value'] },
  sitrep_triages_total: {
    type: 'counter',
    help: 'Verdicts by the rung that gave them and whether that rung was sure.',
    labels: ['rung', 'sure'],
  },
  sitrep_triage_seconds: {
    type: 'histogram',
    help: 'Time that one rung took.',
    labels: ['rung'],
  },
  sitrep_escalations_total: {
    type: 'counter',
    help: 'Incidents handed on, by whom they were handed to and what came of it.',
    labels: ['to', 'outcome'],
  },
  sitrep_retrievals_total: {
    type: 'counter',
    help: 'Searches of the knowledge base: hit, miss (nothing fits) or degraded (a part was away).',
    labels: ['outcome'],
  },
  sitrep_retrieval_seconds: {
    type: 'histogram',
    help: 'Time that one search of the knowledge base took.',
    labels: [],
  },
  sitrep_retrievals_unlogged_total: {
    type: 'counter',
    help: 'Searches of the knowledge base that the retrieval log does not have, because the store was away.',
    labels: [],
  },
  sitrep_knowledge_documents: {
    type: 'gauge',
    help: 'Documents in the knowledge base.',
    labels: ['collection'],
  },
  sitrep_knowledge_chunks: {
    type: 'gauge',
    help: 'Chunks in the knowledge base.',
    labels: ['collection'],
  },
  sitrep_knowledge_age_seconds: {
    type: 'gauge',
    help: 'Time since the knowledge base was last brought up to date.',
    labels: ['collection'],
  },
  llm_inference_latency_seconds: {
    type: 'histogram',
    help: 'Time that a language model took to answer.',
    labels: ['provider', 'feature'],
  },
  llm_tokens_generated_total: {
    type: 'counter',
    help: 'Tokens that language models wrote.',
    labels: ['provider', 'model'],
  },
  sitrep_llm_tokens_total: {
    type: 'counter',
    help: 'Tokens sent to and written by language models.',
    labels: ['provider', 'model', 'feature', 'direction'],
  },
  sitrep_llm_cost_usd_total: {
    type: 'counter',
    help: 'Cost of language models by the price table, in US dollars.',
    labels: ['provider', 'model', 'feature'],
  },
  mira_rca_analyze_requests_total: {
    type: 'counter',
    help: 'Requests to explain a root cause, by who told it; error: it was told in the place of this provider, or not at all.',
    labels: ['provider', 'status'],
  },
  mira_rca_analyze_cache_hits_total: {
    type: 'counter',
    help: 'Explanations that the cache had.',
    labels: ['provider'],
  },
  mira_rca_analyze_cache_misses_total: {
    type: 'counter',
    help: 'Explanations that the cache did not have.',
    labels: ['provider'],
  },
  mira_rca_analyze_similar_total: {
    type: 'counter',
    help: 'Looks for an explanation of the same in other words: hit, miss, untraceable (found, but not true of this analysis) or away.',
    labels: ['provider', 'outcome'],
  },
  mira_rca_analyze_ai_latency_seconds: {
    type: 'histogram',
    help: 'Time that a provider took to explain a root cause.',
    labels: ['provider'],
  },
  mira_rca_analyze_ai_tokens_used_total: {
    type: 'counter',
    help: 'Tokens used to explain root causes.',
    labels: ['provider', 'model'],
  },
  mira_rca_analyze_ai_errors_total: {
    type: 'counter',
    help: 'Failures of providers while explaining root causes.',
    labels: ['provider', 'error_type'],
  },
  sitrep_slack_calls_total: {
    type: 'counter',
    help: 'Calls of the Slack Web API.',
    labels: ['method', 'outcome'],
  },
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
