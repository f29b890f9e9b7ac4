import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/domain/errors.ts';
import type { SecondOpinion } from '../../../src/ports/escalation.ts';
import { CONTRACT_LADDER, createTriageText } from '../../../src/triage/index.ts';
import { secondVerdict } from '../../../src/triage/second-opinion.ts';
import { createFakeSecondOpinion } from '../../fakes/fake-second-opinion.ts';
import { clock, ladderWith, noMetrics, quiet, says, triage, verdict } from './helpers.ts';

function opinion(change: Partial<SecondOpinion> = {}): SecondOpinion {
  return {
    by: 'the backend',
    category: 'Network',
    severity: 'high',
    confidence: 0.99,
    reasoning: 'Packets are lost.',
    recommendations: [],
    ...change,
  };
}

const honest = { thresholds: CONTRACT_LADDER, suspect: false };
const judged = (ours: ReturnType<typeof verdict>, change: Partial<SecondOpinion> = {}) =>
  secondVerdict(triage(ours), opinion(change), honest);

describe('a second opinion', () => {
  it('makes sure what it agrees with and what we nearly were sure of', () => {
    expect(judged(verdict({ Network: 0.68, Database: 0.1 })).sure).toBe(true);
  });

  it('does not make sure what we only guessed, however confident it is', () => {
    expect(judged(verdict({ Network: 0.3, Database: 0.28 }), { confidence: 1 }).sure).toBe(false);
  });

  it('is never sure against ours', () => {
    const second = judged(verdict({ Network: 0.5, Database: 0.3 }), { category: 'Database' });
    expect(second).toMatchObject({ category: 'Database', sure: false, rung: 'escalation' });
  });

  it('is never sure about a report that gives orders', () => {
    const ours = triage(verdict({ Network: 0.68, Database: 0.1 }));
    const second = secondVerdict(ours, opinion(), { ...honest, suspect: true });
    expect(second.sure).toBe(false);
  });

  it('gives its word for its confidence, never the number', () => {
    const low = judged(verdict({ Network: 0.4 }), { confidence: 0.01 });
    const high = judged(verdict({ Network: 0.4 }), { confidence: 0.99 });
    expect(low.confidence).toBe(high.confidence);
    expect(high.detail.reasoning).toContain('It calls itself 99 % confident.');
    expect(high.confidence).toBe(high.probabilities.Network);
  });

  it('may raise the severity and never lowers it', () => {
    expect(judged(verdict(), { severity: 'critical' }).severity).toBe('critical');
    const milder = judged(verdict(), { severity: 'low' });
    expect(milder.severity).toBe('high');
    expect(milder.detail.reasoning).toContain('It calls the severity low.');
  });

  it('adds what it recommends to what was written, in place of a mere suggestion', () => {
    const written = { text: 'Do it.', dangerous: false, from: 'A runbook' };
    const suggested = {
      text: 'Try it.',
      dangerous: false,
      from: 'a suggestion of the local model',
    };
    const ours = triage();
    ours.detail = { ...ours.detail, steps: [written, suggested] };
    const second = secondVerdict(ours, opinion({ recommendations: ['Look at the links'] }), honest);
    expect(second.detail.steps.map(({ from }) => from)).toEqual(['A runbook', 'the backend']);
  });
});

describe('triage of a text', () => {
  const open = (given: ReturnType<typeof verdict>, source = createFakeSecondOpinion()) => ({
    source,
    triageText: createTriageText({
      ladder: ladderWith({ classifier: says(given) }),
      source,
      deadlineMs: 50,
      clock,
      logger: quiet,
      metrics: noMetrics,
    }),
  });
  const unsure = verdict({ Network: 0.45, Database: 0.4 });

  it('stops at the rung that is sure', async () => {
    const { triageText, source } = open(verdict({ Network: 0.95 }));
    expect(await triageText('links down')).toMatchObject({ path: 'fast', sure: true });
    expect(source.questions()).toEqual([]);
  });

  it('stops at the first rung when told to', async () => {
    const { triageText } = open(unsure);
    expect(await triageText('odd', { fastOnly: true })).toMatchObject({
      path: 'fast',
      sure: false,
    });
  });

  it('asks for a second opinion when unsure, and answers with the pool of both', async () => {
    const { triageText, source } = open(unsure);
    source.will({ category: 'Database', confidence: 1 });
    const answer = await triageText('odd');
    expect(answer).toMatchObject({
      path: 'escalated',
      category: 'Database',
      sure: false,
      opinion: { category: 'Database', confidence: 1 },
      model_version: 'test-1',
    });
    expect(answer.confidence).toBe(answer.probabilities.Database);
    expect(answer.confidence).toBeLessThan(0.9);
    expect(source.questions()[0]).toMatchObject({ reason: 'low_confidence' });
  });

  it.each([
    ['fails', new AppError('unavailable', 'away')],
    ['does not answer in time', 'never' as const],
  ])('stands by its own verdict, unsure, when whoever is asked %s', async (_, outcome) => {
    const { triageText, source } = open(unsure);
    source.will(outcome);
    expect(await triageText('odd')).toMatchObject({
      path: 'rag',
      category: 'Network',
      sure: false,
      degraded: ['No second opinion: the backend did not answer.'],
    });
  });

  it('gives whoever is asked no secret', async () => {
    const { triageText, source } = open(unsure);
    await triageText('login with password=hunter2hunter2 fails');
    expect(JSON.stringify(source.questions())).not.toContain('hunter2hunter2');
  });
});
