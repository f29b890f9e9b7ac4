import { describe, expect, it } from 'vitest';
import { createMetrics } from '../../../src/observability/metrics.ts';
import { METRICS } from '../../../src/ports/metrics.ts';

describe('metrics', () => {
  it('offers every metric of the table under its name, type and help', async () => {
    const text = await createMetrics().text();
    for (const [name, { type, help }] of Object.entries(METRICS)) {
      expect(text).toContain(`# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`);
    }
  });

  it('counts, sets and observes', async () => {
    const { metrics, text } = createMetrics();
    metrics.count('sitrep_votes_total', { value: 'up' });
    metrics.count('sitrep_votes_total', { value: 'up' }, 2);
    metrics.gauge('active_incidents_total', {}, 7);
    metrics.observe('sitrep_job_wait_seconds', { job: 'show-card' }, 0.004);
    metrics.observe('sitrep_job_wait_seconds', { job: 'show-card' }, 45);
    const lines = (await text()).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'sitrep_votes_total{value="up"} 3',
        'active_incidents_total 7',
        'sitrep_job_wait_seconds_bucket{le="0.0025",job="show-card"} 0',
        'sitrep_job_wait_seconds_bucket{le="0.005",job="show-card"} 1',
        'sitrep_job_wait_seconds_bucket{le="30",job="show-card"} 1',
        'sitrep_job_wait_seconds_bucket{le="60",job="show-card"} 2',
        'sitrep_job_wait_seconds_count{job="show-card"} 2',
      ]),
    );
  });

  it('never breaks what it measures', async () => {
    const { metrics, text } = createMetrics();
    metrics.count('sitrep_votes_total', { value: 'down' }, -1);
    metrics.count('sitrep_votes_total', { value: 'down' }, Number.NaN);
    metrics.gauge('active_incidents_total', {}, Number.POSITIVE_INFINITY);
    // A clock that was set back while something ran.
    metrics.observe('sitrep_job_wait_seconds', { job: 'show-card' }, -3);
    metrics.observe('sitrep_job_wait_seconds', { job: 'show-card' }, Number.NaN);
    const result = await text();
    expect(result).not.toContain('sitrep_votes_total{');
    expect(result).toContain('active_incidents_total 0');
    expect(result).toContain('sitrep_job_wait_seconds_sum{job="show-card"} 0');
    expect(result).toContain('sitrep_job_wait_seconds_count{job="show-card"} 1');
  });

  it('keeps two products in one process apart', async () => {
    const first = createMetrics();
    const second = createMetrics();
    first.metrics.gauge('active_incidents_total', {}, 5);
    expect(await second.text()).toContain('active_incidents_total 0');
  });
});
