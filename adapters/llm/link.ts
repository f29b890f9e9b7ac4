import { AppError } from '../../src/domain/errors.ts';
import type { Ids } from '../../src/ports/ids.ts';
import type { ModelCall } from '../../src/ports/language-model.ts';
import type { Metrics } from '../../src/ports/metrics.ts';
import type { UsageEntry } from '../../src/ports/usage-store.ts';
import type { Budget } from './budget.ts';
import { type Caller, type CallerOptions, createCaller } from './caller.ts';
import { costOf, type Price } from './prices.ts';
import type { Provider, ProviderReply, ProviderRequest } from './provider.ts';
import { withoutThoughts } from './read-json.ts';
import type { Stream } from './stream.ts';

export type LinkRequest = Omit<ProviderRequest, 'onText'> & { stream?: Stream | undefined };

/** One provider of the chain, with everything that stands between a call and it. */
export type Link = {
  readonly provider: Provider;
  /** Within the budget, in time, again where that is worth it, and accounted for. */
  send(request: LinkRequest, call: ModelCall): Promise<ProviderReply & { usd: number }>;
  readonly state: Caller['state'];
};

export type LinkOptions = Omit<CallerOptions, 'name'> & {
  provider: Provider;
  /** The most that one answer may have. */
  maxTokens: number;
  price: Price;
  budget: Budget;
  ids: Ids;
  metrics: Metrics;
};

export function createLink(options: LinkOptions): Link {
  const { provider, maxTokens, price, budget, clock, ids, metrics } = options;
  const caller = createCaller({ ...options, name: provider.name });

  /** Notes every answer, also one that is of no use: it was paid for. */
  const ask = ({ stream, ...request }: LinkRequest, note: (reply: Answered) => void) =>
    caller.call(request.signal, async (signal) => {
      const started = performance.now();
      const sent = { ...request, signal, onText: stream?.(signal) };
      const reply = counted(request, await provider.send(sent));
      const usd = costOf(price, reply.inputTokens, reply.outputTokens);
      note({ ...reply, usd, seconds: (performance.now() - started) / 1_000 });
      if (reply.stop !== 'refusal' && withoutThoughts(reply.text).trim() === '') {
        throw nothing(provider, reply);
      }
      return { ...reply, usd };
    });

  return {
    provider,
    state: caller.state,
    async send(request, call) {
      const most = mostTokens(request);
      const reservation = await budget.reserve({
        tokens: most + maxTokens,
        usd: costOf(price, most, maxTokens),
      });
      const used: UsageEntry[] = [];
      try {
        return await ask(request, (reply) => {
          measure(metrics, provider, call, reply);
          used.push({
            id: ids.next('use'),
            provider: provider.name,
            model: provider.model,
            feature: call.feature,
            ...(call.channel === undefined ? {} : { channel: call.channel }),
            inputTokens: reply.inputTokens,
            outputTokens: reply.outputTokens,
            usd: reply.usd,
            at: clock.now(),
          });
        });
      } finally {
        await reservation.settle(used);
      }
    },
  };
}

type Answered = ProviderReply & { usd: number; seconds: number };

function nothing({ name }: Provider, { stop }: ProviderReply): AppError {
  return stop === 'length'
    ? new AppError(
        'bad_request',
        `${name} thought for as many tokens as an answer may have and said nothing: allow more.`,
      )
    : new AppError('unavailable', `${name} answered nothing.`);
}

function measure(
  metrics: Metrics,
  { name: provider, model }: Provider,
  { feature }: ModelCall,
  { inputTokens, outputTokens, usd, seconds }: Answered,
): void {
  metrics.observe('llm_inference_latency_seconds', { provider, feature }, seconds);
  metrics.count('llm_tokens_generated_total', { provider, model }, outputTokens);
  const labels = { provider, model, feature };
  metrics.count('sitrep_llm_tokens_total', { ...labels, direction: 'input' }, inputTokens);
  metrics.count('sitrep_llm_tokens_total', { ...labels, direction: 'output' }, outputTokens);
  metrics.count('sitrep_llm_cost_usd_total', labels, usd);
}

/** More than any tokenizer makes of it: identifiers and numbers come to two bytes a token at worst. */
function mostTokens(request: LinkRequest): number {
  return Math.ceil(bytesOf(request) / 2);
}

/** Servers of one's own often do not say what was used; four bytes a token is near enough for English. */
function counted(request: LinkRequest, reply: ProviderReply): ProviderReply {
  return {
    ...reply,
    inputTokens: reply.inputTokens || Math.ceil(bytesOf(request) / 4),
    outputTokens: reply.outputTokens || Math.ceil(Buffer.byteLength(reply.text) / 4),
  };
}

function bytesOf({ instructions, turns, shape }: LinkRequest): number {
  const texts = [instructions, ...turns.map(({ text }) => text), JSON.stringify(shape ?? '')];
  return texts.reduce((bytes, text) => bytes + Buffer.byteLength(text), 0);
}
