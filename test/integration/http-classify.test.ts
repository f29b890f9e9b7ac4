import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from './http-harness.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

function post(body: unknown) {
  return fetch(`${server.url}/api/classify-incident`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

describe('POST /api/classify-incident', () => {
  it('answers in the shape of the escalation contract', async () => {
    const incident = {
      title: 'Replica lag',
      description: 'postgres replicas are 40 minutes behind',
      source: 'monitoring',
    };
    const response = await post({ incident });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      category: 'Database',
      severity: expect.stringMatching(/^(critical|high|medium|low)$/),
      confidence: expect.any(Number),
      reasoning: expect.stringMatching(/^Top predictions: Database \(\d+\.\d%\), /),
      uncertainty: {
        mc_dropout: expect.any(Number),
        margin: expect.any(Number),
        entropy: expect.any(Number),
        should_escalate: expect.any(Boolean),
      },
      all_probabilities: expect.objectContaining({ Database: expect.any(Number) }),
      model_version: expect.stringMatching(/^linear-/),
      path: 'fast',
      citations: [],
      degraded: [],
      escalated_to_mastra: false,
      mastra_workflow_id: null,
    });
  });

  it('takes the incident without its wrapping as well', async () => {
    const response = await post({ title: 'disk failed in raid array' });
    expect(await response.json()).toMatchObject({ category: 'Hardware' });
  });

  it.each([
    ['nothing', {}],
    ['an empty incident', { incident: { title: ' ' } }],
    ['a title that is no text', { title: 7 }],
    ['too much', { description: 'x'.repeat(100_001) }],
  ])('refuses %s with a sentence', async (_, body) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ status: 'error', error: 'bad_request' });
  });
});
