import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logAnalysisResultSchema } from '../../src/logs/index.ts';
import { startServer, type TestServer } from './http-harness.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const post = (body: unknown) =>
  fetch(`${server.url}/api/analyze-logs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

const lines = Array.from(
  { length: 60 },
  (_, i) =>
    `2026-01-02 10:${String(i).padStart(2, '0')}:00 ${i < 50 ? `INFO request ${i} served in ${i * 3} ms` : `ERROR postgres query failed, deadlock on table orders for user ${i}, token=ghp_abcdefghijklmnopqrstuvwxyz0123456789`}`,
);

describe('POST /api/analyze-logs', () => {
  it('says what matters in the lines, without their secrets', async () => {
    const response = await post({ logs: lines });
    expect(response.status).toBe(200);
    const body: unknown = await response.json();
    const result = logAnalysisResultSchema.parse(body);
    expect(result.lines).toMatchObject({ total: 60, errors: 10 });
    expect(result.patterns).toHaveLength(2);
    expect(result.suggestedActions).toContainEqual(
      expect.stringMatching(/^Engage whoever knows Database/),
    );
    expect(JSON.stringify(body)).not.toContain('ghp_');
  });

  it('reads one string, a bare list and entries alike', async () => {
    const entries = lines.map((line) => ({
      timestamp: line.slice(0, 19),
      level: line.slice(20).split(' ')[0]?.toLowerCase(),
      message: line.slice(20).split(' ').slice(1).join(' '),
    }));
    const counts: unknown[] = [];
    for (const body of [{ logs: lines.join('\n') }, lines, { logs: entries }]) {
      const result = logAnalysisResultSchema.parse(await (await post(body)).json());
      counts.push([result.lines.total, result.lines.errors, result.templates]);
    }
    expect(counts).toEqual([
      [60, 10, 2],
      [60, 10, 2],
      [60, 10, 2],
    ]);
  });

  it('understands times in seconds and in milliseconds', async () => {
    const logs = [
      { timestamp: 1_767_348_000, message: 'one' },
      { timestamp: 1_767_348_060_000, message: 'two' },
    ];
    const result = logAnalysisResultSchema.parse(await (await post({ logs })).json());
    expect(result.span).toEqual({
      from: '2026-01-02T10:00:00.000Z',
      to: '2026-01-02T10:01:00.000Z',
    });
  });

  it('reads more than a megabyte', async () => {
    const long = Array.from({ length: 20_000 }, (_, i) =>
      `2026-01-02 10:00:00 INFO served ${i} `.padEnd(90, 'x'),
    );
    const result = logAnalysisResultSchema.parse(await (await post({ logs: long })).json());
    expect(result.lines.total).toBe(20_000);
  });

  it.each([
    ['nothing', {}],
    ['an empty string', { logs: ' ' }],
    ['an empty list', { logs: [] }],
    ['entries without a message', { logs: [{ level: 'error' }] }],
    ['numbers', { logs: [1, 2] }],
  ])('refuses %s with a sentence', async (_, body) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      status: 'error',
      error: 'bad_request',
      message: expect.stringContaining('logs'),
    });
  });
});
