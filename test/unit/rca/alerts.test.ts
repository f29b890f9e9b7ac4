import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { METRICS } from '../../../src/ports/metrics.ts';
import { projectRoot } from '../../fixtures/planted.ts';

type Rule = { alert: string; expr: string; for: string; annotations: { summary: string } };

const file = parse(readFileSync(join(projectRoot, 'deploy/alerts/sitrep.rules.yaml'), 'utf8')) as {
  groups: { name: string; rules: Rule[] }[];
};
const rules = file.groups.flatMap((group) => group.rules);
const metrics: Record<string, { type: string; labels: readonly string[] }> = METRICS;

it('has the three alerts on explanations', () => {
  expect(rules.map(({ alert }) => alert)).toEqual([
    'MIRAHighErrorRate',
    'MIRALowCacheHitRate',
    'MIRAHighLatency',
  ]);
});

it.each(rules)(
  '$alert asks for metrics and labels that the product has',
  ({ expr, annotations }) => {
    const used = [...expr.matchAll(/\b(?:mira|sitrep|llm)_\w+/g)].map(([name]) => name);
    expect(used.length).toBeGreaterThan(0);
    for (const name of used) {
      const metric = metrics[name] ?? metrics[name.replace(/_bucket$/, '')];
      expect(metric, name).toBeDefined();
      expect(name.endsWith('_bucket')).toBe(metric?.type === 'histogram');
      expect(metric?.labels).toContain('provider');
    }
    expect(annotations.summary).toContain('{{ $labels.provider }}');
  },
);

it('takes the error rate as a share of requests', () => {
  const [{ expr } = { expr: '' }] = rules;
  expect(expr.replace(/\s+/g, ' ')).toContain(
    '/ sum by (provider) (rate(mira_rca_analyze_requests_total[5m]))',
  );
});
