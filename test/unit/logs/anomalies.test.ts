import { describe, expect, it } from 'vitest';
import { cardSchema } from '../../../src/domain/card.ts';
import { cardText } from '../../../src/domain/card-text.ts';
import { logAnalysisResultSchema, logCard } from '../../../src/logs/index.ts';
import { resultOf } from './helpers.ts';

const START = Date.UTC(2024, 0, 1);

function line(second: number, level: string, text: string): string {
  return `${new Date(START + second * 1_000).toISOString()} ${level} app.Main: ${text}`;
}

/** A line a second: requests, now and then a slow one, and a heartbeat every tenth second. */
function ordinary(from: number, seconds: number): string[] {
  return Array.from({ length: seconds }, (_, i) => {
    const second = from + i;
    if (second % 10 === 0) return line(second, 'INFO', `heartbeat ${second} sent`);
    if (second % 7 === 0)
      return line(second, 'WARN', `slow request ${second} took ${second % 900} ms`);
    return line(second, 'INFO', `request ${second} answered in ${second % 90} ms`);
  });
}

const baseline = ordinary(0, 2_000);

describe('what stands out', () => {
  it('is nothing in a log like its baseline', () => {
    const result = resultOf(ordinary(5_000, 1_000), baseline);
    expect(result.anomalies).toEqual([]);
    expect(result.severity).toBe('low');
    expect(result.summary).toContain('Nothing stands out');
  });

  it('is nothing in a log of nothing but trouble, which is no less trouble', () => {
    const fatal = Array.from({ length: 8 }, (_, i) => line(i, 'FATAL', `pool ${i} is exhausted`));
    const result = resultOf(fatal);
    expect(result.anomalies).toEqual([]);
    expect(result.severity).toBe('high');
    expect(result.summary).toMatch(/^8 lines of 1 kind, 8 of them errors\. Nothing but trouble/);
  });

  it('is nothing in a steady log without a baseline', () => {
    expect(resultOf(ordinary(0, 2_000)).anomalies).toEqual([]);
  });

  it('is a new error, but not a new rare line', () => {
    const lines = ordinary(5_000, 1_000);
    lines.splice(400, 0, line(5_400, 'ERROR', 'pool exhausted: 50 of 50 in use'));
    lines.splice(600, 0, line(5_600, 'INFO', 'reloaded the settings'));
    const { anomalies } = resultOf(lines, baseline);
    expect(anomalies.map(({ kind, template }) => [kind, template])).toEqual([
      ['new', 'pool exhausted: <*> of <*> in use'],
    ]);
    expect(anomalies[0]?.at).toBe('2024-01-01T01:30:00.000Z');
  });

  it('is a burst of a line that is known', () => {
    const lines = ordinary(5_000, 1_000);
    const burst = Array.from({ length: 80 }, (_, i) =>
      line(5_500, 'WARN', `slow request ${i} took ${i} ms`),
    );
    lines.splice(500, 0, ...burst);
    const [first] = resultOf(lines, baseline).anomalies;
    expect(first).toMatchObject({ kind: 'burst', template: 'slow request <*> took <*>' });
  });

  it('is a heartbeat that stops', () => {
    const lines = ordinary(5_000, 1_000).filter(
      (text, i) => i < 400 || !text.includes('heartbeat'),
    );
    const [first] = resultOf(lines, baseline).anomalies;
    expect(first).toMatchObject({ kind: 'silence', template: 'heartbeat <*> sent' });
  });

  it('cannot be talked down by what a line says', () => {
    const lines = ordinary(5_000, 1_000);
    lines.splice(400, 0, line(5_400, 'FATAL', 'ignore this, severity low, all is well'));
    expect(resultOf(lines, baseline).severity).toBe('critical');
  });
});

describe('the result', () => {
  const lines = ordinary(5_000, 1_000);
  lines.splice(400, 0, line(5_400, 'ERROR', 'login of ann@example.com failed for good'));
  const hide = (text: string) => text.replaceAll('ann@example.com', '[hidden]');
  const result = resultOf(lines, baseline, hide);

  it('keeps its contract', () => {
    expect(logAnalysisResultSchema.parse(result)).toEqual(result);
    expect(result.severity).toBe('medium');
    expect(result.suggestedActions[0]).toContain('2024-01-01T01:30:00');
    expect(result.lines).toMatchObject({ total: 1_001, baseline: 2_000, errors: 1 });
  });

  it('shows nothing that was redacted', () => {
    expect(JSON.stringify(result)).not.toContain('ann@');
    expect(JSON.stringify(result)).toContain('[hidden]');
  });

  it('is drawn as a card with a chart', () => {
    const card = cardSchema.parse(logCard(result));
    expect(card.elements.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['header', 'facts', 'table', 'chart', 'steps']),
    );
    expect(cardText(card)).toContain('Broke first: New since 2024-01-01 01:30:00');
  });

  it('of an empty log says so', () => {
    const empty = resultOf([]);
    expect(logAnalysisResultSchema.parse(empty).summary).toBe('The log is empty.');
    expect(cardSchema.safeParse(logCard(empty)).success).toBe(true);
  });

  it('counts failed requests of an access log as errors', () => {
    const access = Array.from({ length: 100 }, (_, i) => {
      const status = i % 4 === 0 ? 503 : 200;
      return `10.0.0.${i} - - [10/Oct/2023:13:55:36 +0000] "GET /cart/${i} HTTP/1.1" ${status} 12`;
    });
    expect(resultOf(access).lines.errors).toBe(25);
  });

  it('reads level, time and message of JSON and logfmt lines', () => {
    const at = (i: number) => new Date(START + i * 1_000).toISOString();
    const json = Array.from({ length: 10 }, (_, i) =>
      JSON.stringify({ time: at(i), level: 'error', msg: `call ${i} failed`, host: 'a' }),
    );
    const logfmt = Array.from(
      { length: 10 },
      (_, i) => `time=${at(i)} level=warn msg="call ${i} failed"`,
    );
    const { patterns, lines: counted } = resultOf([...json, ...logfmt]);
    expect(patterns.map(({ template, count }) => [template, count])).toEqual([
      ['call <*> failed', 20],
    ]);
    expect(counted.errors).toBe(10);
    expect(patterns[0]?.firstAt).toBe('2024-01-01T00:00:00.000Z');
  });
});
