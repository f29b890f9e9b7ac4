import { AppError, errorCode, isRetryable } from '../../src/domain/errors.ts';
import type { Logger } from '../../src/ports/logger.ts';
import { UsedUp } from './budget.ts';
import type { Link } from './link.ts';
import { within } from './within.ts';

export type ChainOptions = {
  links: readonly [Link, ...Link[]];
  /** Over all providers together. */
  deadlineMs: number;
  logger: Logger;
};

export type Chain = {
  /** The answer of the first provider, in order, that gives one. */
  ask<Answer>(
    signal: AbortSignal | undefined,
    ask: (link: Link, signal: AbortSignal) => Promise<Answer>,
  ): Promise<Answer>;
  /** How the last call that reached a provider ended; undefined before the first. */
  last(): { answeredBy: string } | { failure: AppError } | undefined;
};

/** Whatever one provider fails with, the next may do better: it has its own key, limits and manners. */
export function createChain({ links, deadlineMs, logger }: ChainOptions): Chain {
  let last: ReturnType<Chain['last']>;
  return {
    last: () => last,
    ask(outer, ask) {
      const sentence = 'No language model answered in time.';
      return within({ ms: deadlineMs, signal: outer, sentence }, async (signal) => {
        const failures: unknown[] = [];
        for (const link of links) {
          const { name, model } = link.provider;
          try {
            const answer = await ask(link, signal);
            last = { answeredBy: name };
            return answer;
          } catch (error) {
            outer?.throwIfAborted();
            failures.push(error);
            logger.warn('A language model gave no answer', { provider: name, model }, error);
            if (signal.aborted) break;
          }
        }
        const failure = summary(failures);
        if (!failures.every((one) => one instanceof UsedUp)) last = { failure };
        throw failure;
      });
    },
  };
}

/** One failure stands for itself; of several, the one that says best what to do about it. */
function summary(failures: readonly unknown[]): AppError {
  const first = failures.find(isRetryable) ?? failures[0];
  const sentences = failures.map((failure) =>
    failure instanceof AppError ? failure.message : 'A fault of our own.',
  );
  const waits = failures
    .map((failure) => (failure instanceof AppError ? failure.retryAfterMs : undefined))
    .filter((ms) => ms !== undefined);
  return new AppError(errorCode(first), [...new Set(sentences)].join(' '), {
    retryable: failures.some(isRetryable),
    ...(waits.length === 0 ? {} : { retryAfterMs: Math.min(...waits) }),
    cause: first,
  });
}
