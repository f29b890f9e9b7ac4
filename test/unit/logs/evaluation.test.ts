import { describe, expect, it } from 'vitest';
import { assign, evaluationLogs } from '../../bench/logs-data.ts';
import { scoreGroups } from '../../bench/logs-eval.ts';

const logs = evaluationLogs();
const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe.skipIf(logs.length === 0)(
  'the evaluation logs (skipped: ../shared/eval/logs is not on this machine)',
  () => {
    it('are grouped as promised, with and without their headers', () => {
      const contents = logs.map((log) => scoreGroups(assign(log.contents), log.gold));
      const raw = logs.map((log) => scoreGroups(assign(log.raw), log.gold));
      expect(mean(contents.map(({ accuracy }) => accuracy))).toBeGreaterThan(0.9);
      expect(mean(raw.map(({ accuracy }) => accuracy))).toBeGreaterThan(0.8);
      expect(mean(raw.map(({ f1 }) => f1))).toBeGreaterThan(0.8);
    });
  },
);
