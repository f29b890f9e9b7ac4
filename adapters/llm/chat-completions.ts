import { z } from 'zod';
import { AppError } from '../../src/domain/errors.ts';
import type { Provider, ProviderOptions, ProviderReply, ProviderRequest } from './provider.ts';
import { createAskWithout } from './refused-parameters.ts';

/** One request of the chat completions that OpenAI made and many servers speak. */
export type ChatBody = {
  model: string;
  messages: { role: 'system' | 'user' | 'assistant'; content: string }[];
  max_tokens?: number;
  max_completion_tokens?: number;
  temperature?: number;
  response_format?: {
    type: 'json_schema';
    json_schema: { name: string; schema: Record<string, unknown>; strict: false };
  };
  stream_options?: { include_usage: true };
};

/** How the requests get there: through the SDK of whoever is asked. */
export type ChatTransport = {
  whole(body: ChatBody, signal: AbortSignal): Promise<unknown>;
  streamed(body: ChatBody, signal: AbortSignal): Promise<AsyncIterable<unknown>>;
};

/** Parameters that some models or servers refuse; each is left out, or renamed, for good once refused. */
const OPTIONAL = ['temperature', 'response_format', 'max_tokens', 'stream_options'] as const;
type Refusable = (typeof OPTIONAL)[number];

/** Servers that speak the dialect leave out what they do not have. */
const count = z.number().min(0).catch(0);
const usageSchema = z.object({ prompt_tokens: count, completion_tokens: count }).nullish();
const text = z.string().nullish();

const wholeSchema = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({ content: text, refusal: text }),
        finish_reason: text,
      }),
    )
    .min(1),
  usage: usageSchema,
});

const pieceSchema = z.object({
  choices: z
    .array(
      z.object({
        delta: z.object({ content: text, refusal: text }).nullish(),
        finish_reason: text,
      }),
    )
    .nullish(),
  usage: usageSchema,
});

type Usage = z.infer<typeof usageSchema>;

export function createChatCompletions(
  name: string,
  options: ProviderOptions,
  transport: ChatTransport,
): Provider {
  const askWithout = createAskWithout<Refusable>(name, OPTIONAL);
  const attempt = async (request: ProviderRequest, without: ReadonlySet<Refusable>) => {
    const body = bodyOf(options, request, without);
    return request.onText
      ? readPieces(await transport.streamed(body, request.signal), request.onText)
      : readWhole(await transport.whole(body, request.signal));
  };
  return {
    name,
    model: options.model,
    send: (request) => askWithout((without) => attempt(request, without)),
  };
}

function bodyOf(
  { model, maxTokens, temperature }: ProviderOptions,
  { instructions, turns, shape, onText }: ProviderRequest,
  without: ReadonlySet<Refusable>,
): ChatBody {
  return {
    model,
    messages: [
      { role: 'system', content: instructions },
      ...turns.map(({ role, text: content }) => ({ role, content })),
    ],
    // OpenAI's newer models want the newer name; other servers know only the older one.
    ...(without.has('max_tokens')
      ? { max_completion_tokens: maxTokens }
      : { max_tokens: maxTokens }),
    ...(!without.has('temperature') && { temperature }),
    ...(shape &&
      !without.has('response_format') && {
        // OpenAI's strict mode knows a part of JSON schema only; the answer is checked here in any case.
        response_format: { type: 'json_schema', json_schema: { ...shape, strict: false } },
      }),
    ...(onText && !without.has('stream_options') && { stream_options: { include_usage: true } }),
  };
}

function readWhole(answer: unknown): ProviderReply {
  const parsed = wholeSchema.safeParse(answer);
  const choice = parsed.data?.choices[0];
  if (!choice) {
    throw new AppError('unavailable', 'The language model answered in an unknown form.');
  }
  const { message, finish_reason } = choice;
  return reply(
    message.content ?? '',
    message.refusal ? 'refusal' : stopOf(finish_reason),
    parsed.data?.usage,
  );
}

async function readPieces(
  pieces: AsyncIterable<unknown>,
  onText: (piece: string) => void,
): Promise<ProviderReply> {
  let said = '';
  let stop: ProviderReply['stop'] | undefined;
  let usage: Usage;
  for await (const piece of pieces) {
    const parsed = pieceSchema.safeParse(piece);
    if (!parsed.success) continue;
    usage = parsed.data.usage ?? usage;
    const choice = parsed.data.choices?.[0];
    const more = choice?.delta?.content ?? '';
    if (more !== '') {
      said += more;
      onText(more);
    }
    if (choice?.delta?.refusal) stop = 'refusal';
    if (choice?.finish_reason) stop ??= stopOf(choice.finish_reason);
  }
  // A stream that was cut between two pieces ends without a reason, and without an error.
  if (stop === undefined) {
    throw new AppError('unavailable', 'The language model broke off its answer.');
  }
  return reply(said, stop, usage);
}

function reply(said: string, stop: ProviderReply['stop'], usage: Usage): ProviderReply {
  return {
    text: said,
    inputTokens: usage?.prompt_tokens ?? 0,
    outputTokens: usage?.completion_tokens ?? 0,
    stop,
  };
}

function stopOf(reason: string | null | undefined): ProviderReply['stop'] {
  if (reason === 'length') return 'length';
  if (reason === 'content_filter') return 'refusal';
  return reason === 'stop' || reason === 'eos_token' ? 'end' : 'other';
}
