import { AppError } from '../../src/domain/errors.ts';
import type {
  EscalationQuestion,
  SecondOpinion,
  SecondOpinionSource,
} from '../../src/ports/escalation.ts';

export type FakeSecondOpinion = SecondOpinionSource & {
  /** What it is asked from now on gets this answer; an error is thrown; 'never' never ends. */
  will(outcome: Partial<SecondOpinion> | AppError | 'never'): void;
  questions(): EscalationQuestion[];
};

/** A multi-agent backend in memory. */
export function createFakeSecondOpinion(name = 'the backend'): FakeSecondOpinion {
  const asked: EscalationQuestion[] = [];
  let outcome: Partial<SecondOpinion> | AppError | 'never' = {};
  return {
    name,
    async ask(question) {
      question.signal?.throwIfAborted();
      asked.push(question);
      if (outcome instanceof AppError) throw outcome;
      if (outcome === 'never') {
        await new Promise((_, reject) => {
          question.signal?.addEventListener('abort', () => reject(question.signal?.reason), {
            once: true,
          });
        });
      }
      return {
        by: name,
        workflowId: 'wf_1',
        category: question.verdict.category,
        severity: question.verdict.severity,
        confidence: 0.9,
        reasoning: 'The evidence says so.',
        recommendations: [],
        ...(outcome as Partial<SecondOpinion>),
      };
    },
    will(next) {
      outcome = next;
    },
    questions: () => [...asked],
  };
}
