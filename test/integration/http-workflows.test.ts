import { afterEach, describe, expect, it } from 'vitest';
import { createEscalationBackend } from '../../adapters/escalation/index.ts';
import { AppError } from '../../src/domain/errors.ts';
import type { EscalationQuestion, SecondOpinionSource } from '../../src/ports/escalation.ts';
import { clean } from '../../src/safety/index.ts';
import { startServer, type TestServer } from './http-harness.ts';

let server: TestServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const post = (path: string, body: unknown) =>
  fetch(`${server?.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

const question = {
  incident: {
    title: 'Intermittent 500 errors',
    description: 'Users report occasional errors',
    source: 'monitoring',
    timestamp: '2026-01-02T10:00:00Z',
  },
  ml_classification: {
    category: 'Application',
    confidence: 0.65,
    severity: 'medium',
    probabilities: { Application: 0.65, Infrastructure: 0.1 },
    uncertainty: { mc_dropout: 0.35, margin: 0.15, entropy: 1.2, should_escalate: true },
  },
  escalation_reason: 'high_uncertainty',
};

const panelSaying = (opinion: unknown, asked: EscalationQuestion[] = []): SecondOpinionSource => ({
  name: 'the panel',
  ask: async (about) => {
    asked.push(about);
    if (opinion instanceof Error) throw opinion;
    return opinion as Awaited<ReturnType<SecondOpinionSource['ask']>>;
  },
});

describe('POST /api/workflows/classify', () => {
  it('answers with the panel, in the shape that our own client reads', async () => {
    const asked: EscalationQuestion[] = [];
    const panel = panelSaying(
      {
        by: 'the panel',
        category: 'Database',
        severity: 'high',
        confidence: 0.8,
        reasoning: 'All three say so.',
        recommendations: ['Look at the pool'],
        analysis: 'At length.',
      },
      asked,
    );
    server = await startServer({ panel });
    const opinion = await createEscalationBackend({
      url: server.url,
      timeoutMs: 5_000,
      clock: { now: () => new Date(0) },
    }).ask({
      incident: {
        title: clean('Intermittent 500 errors'),
        description: clean('Users report occasional errors'),
        source: 'console',
        at: new Date(0),
      },
      sight: 'everything',
      verdict: {
        ...question.ml_classification,
        category: 'Application',
        severity: 'medium',
        action: 'investigate',
        probabilities: {
          Application: 0.65,
          Performance: 0.2,
          Hardware: 0.1,
          Network: 0.03,
          Database: 0.01,
          Security: 0.01,
        },
        because: [],
        despite: [],
        modelVersion: 'm',
      },
      reason: 'high_uncertainty',
    });
    expect(opinion).toMatchObject({
      workflowId: expect.stringMatching(/^wf_/),
      category: 'Database',
      severity: 'high',
      confidence: 0.8,
      recommendations: ['Look at the pool'],
      analysis: 'At length.',
    });
    expect(asked[0]?.incident.description).toContain('Users report occasional errors');
  });

  it.each([
    ['without a panel', undefined],
    ['when the panel fails', panelSaying(new AppError('unavailable', 'away'))],
  ])('answers with the local verdict and says so %s', async (_, panel) => {
    server = await startServer(panel ? { panel } : {});
    const response = await post('/api/workflows/classify', question);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      workflow_id: expect.stringMatching(/^wf_/),
      category: expect.any(String),
      probabilities: expect.objectContaining({ Network: expect.any(Number) }),
      reasoning: expect.stringContaining('Top predictions'),
      recommendations: expect.any(Array),
      analysis: expect.stringContaining('No language model is at hand'),
    });
  });

  it.each([
    ['no incident', { ml_classification: question.ml_classification }],
    ['a confidence of 98', { ...question, ml_classification: { confidence: 98 } }],
  ])('refuses %s', async (_, body) => {
    server = await startServer();
    const response = await post('/api/workflows/classify', body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ status: 'error', error: 'bad_request' });
  });
});

describe('POST /api/recommend-fix', () => {
  it('answers with a plan, and does not claim to know what nothing says', async () => {
    server = await startServer();
    const response = await post('/api/recommend-fix', {
      title: 'disk failed in the raid array of db-3',
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      steps: expect.any(Array),
      estimatedTime: expect.any(String),
      risks: expect.any(Array),
      successCriteria: expect.any(Array),
      rollbackPlan: expect.any(Array),
      category: 'Hardware',
      citations: [],
    });
  });
});

describe('GET /model/info', () => {
  it('says what judges here', async () => {
    server = await startServer();
    const response = await fetch(`${server.url}/model/info`);
    expect(await response.json()).toEqual({
      model_version: 'linear-test',
      expected_accuracy: '74.0%',
      rag_enabled: false,
      mastra_backend_url: null,
      mastra_escalation_enabled: false,
      mastra_confidence_threshold: 0.7,
      rag_confidence_threshold: 0.85,
    });
  });
});
