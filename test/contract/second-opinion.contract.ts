import { expect, it } from 'vitest';
import type { EscalationQuestion, SecondOpinionSource } from '../../src/ports/escalation.ts';
import { clean } from '../../src/safety/index.ts';

/** What the other side concludes, in whatever way it is told. */
export type ContractOpinion = {
  category: 'Performance';
  severity: 'high';
  confidence: number;
  reasoning: string;
  recommendations: string[];
};

const OPINION: ContractOpinion = {
  category: 'Performance',
  severity: 'high',
  confidence: 0.92,
  reasoning: 'Threads wait for a pool that is too small.',
  recommendations: ['Review the pool settings', 'Watch memory in peak hours'],
};

export type SecondOpinionHarness = {
  source: SecondOpinionSource;
  willConclude(opinion: ContractOpinion): void;
  willFail(): void;
  willHang(): void;
};

const question: EscalationQuestion = {
  incident: {
    title: clean('Intermittent 500 errors'),
    description: clean('Intermittent 500 errors\nUsers report occasional errors.'),
    source: 'console',
    at: new Date('2026-03-02T10:00:00Z'),
  },
  verdict: {
    category: 'Application',
    severity: 'medium',
    action: 'investigate',
    confidence: 0.5,
    probabilities: {
      Network: 0.05,
      Database: 0.05,
      Application: 0.5,
      Security: 0.05,
      Hardware: 0.05,
      Performance: 0.3,
    },
    uncertainty: { mc_dropout: 0.2, margin: 0.2, entropy: 1.3, should_escalate: true },
    because: ['errors'],
    despite: [],
    modelVersion: 'test',
  },
  reason: 'low_confidence',
  sight: 'everything',
};

/** What whoever gives second opinions does: the backend, the panel, the fake. */
export function secondOpinionContract(open: () => Promise<SecondOpinionHarness>): void {
  it('concludes, and says who it is', async () => {
    const { source, willConclude } = await open();
    willConclude(OPINION);
    const opinion = await source.ask(question);
    expect(opinion).toMatchObject(OPINION);
    expect(opinion.by).not.toBe('');
    expect(source.name).not.toBe('');
  });

  it('fails in the one way of the house', async () => {
    const { source, willFail } = await open();
    willFail();
    await expect(source.ask(question)).rejects.toMatchObject({ name: 'AppError' });
  });

  it('lets go when its signal says so', async () => {
    const { source, willHang } = await open();
    willHang();
    const letGo = new AbortController();
    const asked = source.ask({ ...question, signal: letGo.signal });
    setTimeout(() => letGo.abort(), 20);
    await expect(asked).rejects.toBeDefined();
  });
}
