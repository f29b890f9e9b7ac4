import Anthropic from '@anthropic-ai/sdk';
import type { MessageCreateParamsNonStreaming } from '@anthropic-ai/sdk/resources/messages';
import { AppError } from '../../src/domain/errors.ts';
import type { Provider, ProviderOptions, ProviderReply, ProviderRequest } from './provider.ts';
import { createAskWithout } from './refused-parameters.ts';

type Body = Omit<MessageCreateParamsNonStreaming, 'stream'>;

const OPTIONAL = ['temperature', 'tool_choice'] as const;
type Refusable = (typeof OPTIONAL)[number];

const NAME = 'anthropic';
/** The SDK wants a limit of its own for long answers; ours, which is shorter, comes as a signal. */
const LONGEST_MS = 3_600_000;

/** Anthropic's messages; an answer by schema comes as the input of a tool that does nothing. */
export function createAnthropic(options: ProviderOptions): Provider {
  const { model, maxTokens, temperature } = options;
  const client = new Anthropic({
    apiKey: options.apiKey ?? 'none',
    // The SDK would otherwise look into the environment by itself.
    authToken: null,
    // The SDK adds the version.
    baseURL: options.baseURL.replace(/\/v1\/?$/, ''),
    timeout: LONGEST_MS,
    maxRetries: 0,
    logLevel: 'off',
  });
  const askWithout = createAskWithout<Refusable>(NAME, OPTIONAL);

  const bodyOf = (
    { instructions, turns, shape }: ProviderRequest,
    without: ReadonlySet<Refusable>,
  ): Body => ({
    model,
    max_tokens: maxTokens,
    system: instructions,
    messages: turns.map(({ role, text }) => ({ role, content: text })),
    ...(!without.has('temperature') && { temperature: Math.min(1, temperature) }),
    ...(shape === undefined
      ? {}
      : {
          tools: [
            {
              name: shape.name,
              description: 'Takes the answer.',
              input_schema: { ...shape.schema, type: 'object' as const },
            },
          ],
          ...(!without.has('tool_choice') && {
            tool_choice: { type: 'tool' as const, name: shape.name },
          }),
        }),
  });

  const attempt = async (
    request: ProviderRequest,
    without: ReadonlySet<Refusable>,
  ): Promise<ProviderReply> => {
    const { signal, onText } = request;
    const body = bodyOf(request, without);
    const message = onText
      ? await client.messages
          .stream(body, { signal })
          .on('text', (piece) => onText(piece))
          .finalMessage()
      : await client.messages.create(body, { signal });
    if (message.stop_reason === null) {
      throw new AppError('unavailable', 'The language model broke off its answer.');
    }
    return {
      text: textOf(message),
      inputTokens: message.usage?.input_tokens ?? 0,
      outputTokens: message.usage?.output_tokens ?? 0,
      stop: stopOf(message.stop_reason),
    };
  };

  return {
    name: NAME,
    model,
    send: (request) => askWithout((without) => attempt(request, without)),
  };
}

function textOf({ content }: Anthropic.Message): string {
  const used = content.find((block) => block.type === 'tool_use');
  if (used) return JSON.stringify(used.input);
  return content.map((block) => (block.type === 'text' ? block.text : '')).join('');
}

function stopOf(reason: string): ProviderReply['stop'] {
  if (reason === 'end_turn' || reason === 'tool_use' || reason === 'stop_sequence') return 'end';
  if (reason === 'max_tokens' || reason === 'model_context_window_exceeded') return 'length';
  return reason === 'refusal' ? 'refusal' : 'other';
}
