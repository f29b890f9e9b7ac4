import { AppError } from '../../src/domain/errors.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Part } from '../../src/ports/health.ts';
import type { Ids } from '../../src/ports/ids.ts';
import type { LanguageModel, ModelUse } from '../../src/ports/language-model.ts';
import type { Logger } from '../../src/ports/logger.ts';
import type { Metrics } from '../../src/ports/metrics.ts';
import type { UsageStore } from '../../src/ports/usage-store.ts';
import { createBudget } from './budget.ts';
import { type CallerOptions, realPause } from './caller.ts';
import { type Chain, createChain } from './chain.ts';
import { chosenProviders, type LanguageModelSettings } from './choose.ts';
import { createLink, type Link } from './link.ts';
import { createPart, noModelPart } from './part.ts';
import { createPrices } from './prices.ts';
import { withoutThoughts } from './read-json.ts';
import { createStream } from './stream.ts';
import { askInShape, type Question } from './structured.ts';

export type LanguageModelOptions = {
  settings: LanguageModelSettings;
  usage: UsageStore;
  clock: Clock;
  ids: Ids;
  logger: Logger;
  metrics: Metrics;
  random?: () => number;
  pause?: CallerOptions['pause'];
};

/**
 * The configured providers as one language model; undefined when none is configured, or `local` is asked for.
 * Fails with `config` where the settings contradict each other.
 */
export function createLanguageModel(options: LanguageModelOptions): {
  model: LanguageModel | undefined;
  part: Part;
} {
  const { settings, logger, random = Math.random, pause = realPause } = options;
  const prices = createPrices(settings.prices);
  const [first, ...others] = chosenProviders(settings, prices, logger);
  if (!first) return { model: undefined, part: noModelPart() };
  const budget = createBudget({ ...options, limits: settings.budget });
  const timeoutMs = settings.timeout;
  const linkOf = (one: typeof first, isLast: boolean) =>
    createLink({ ...options, ...one, timeoutMs, isLast, budget, random, pause });
  const links: [Link, ...Link[]] = [
    linkOf(first, others.length === 0),
    ...others.map((one, index) => linkOf(one, index === others.length - 1)),
  ];
  // Time for each to fail once, and for a second try of one of them.
  const chain = createChain({ links, deadlineMs: timeoutMs * (links.length + 1), logger });
  return { model: overChain(chain, links[0]), part: createPart({ links, chain, budget }) };
}

function overChain(chain: Chain, { provider: first }: Link): LanguageModel {
  return {
    provider: first.name,
    model: first.model,

    async write(call, onText) {
      const stream = onText && createStream(onText);
      return chain.ask(call.signal, async (link, signal) => {
        const { instructions, input } = call;
        const reply = await link.send(
          {
            instructions,
            turns: [{ role: 'user', text: input }],
            signal,
            stream,
          },
          call,
        );
        if (reply.stop === 'refusal') {
          throw new AppError('bad_request', `${link.provider.name} declined to answer.`);
        }
        const text = withoutThoughts(reply.text);
        return {
          // Whoever reads it has to see that it goes on.
          text: reply.stop === 'length' ? `${text.trimEnd()} …` : text,
          use: useOf(link, [reply]),
        };
      });
    },

    async answer(call) {
      return chain.ask(call.signal, async (link, signal) => {
        const replies: Used[] = [];
        const value = await askInShape(call, async (question: Question) => {
          const reply = await link.send({ ...question, signal }, call);
          replies.push(reply);
          return reply;
        });
        return { value, use: useOf(link, replies) };
      });
    },
  };
}

type Used = { inputTokens: number; outputTokens: number; usd: number };

/** A repaired answer took two. */
function useOf({ provider }: Link, replies: readonly Used[]): ModelUse {
  const sum = (count: (reply: Used) => number) =>
    replies.reduce((total, reply) => total + count(reply), 0);
  return {
    provider: provider.name,
    model: provider.model,
    inputTokens: sum((reply) => reply.inputTokens),
    outputTokens: sum((reply) => reply.outputTokens),
    usd: sum((reply) => reply.usd),
  };
}
