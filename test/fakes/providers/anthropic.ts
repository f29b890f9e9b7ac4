import type { ProviderCall } from './behaviour.ts';
import { piecesOf, type Said, tokensOf, type Wire } from './wire.ts';

/** The messages of Anthropic, version 2023-06-01. */
export const anthropicWire: Wire = {
  whole(said, call) {
    return {
      ...envelope(call),
      content: content(said, call),
      stop_reason: stopOf(said, call),
      usage: said.counts ? usageOf(said, call) : { input_tokens: 0, output_tokens: 0 },
    };
  },

  events(said, call) {
    const event = (name: string, data: object) => ({
      name,
      data: JSON.stringify({ type: name, ...data }),
    });
    const [block] = content(said, call);
    const { input_tokens, output_tokens } = usageOf(said, call);
    const body =
      block === undefined
        ? []
        : [
            event('content_block_start', {
              index: 0,
              content_block:
                block.type === 'text' ? { ...block, text: '' } : { ...block, input: {} },
            }),
            ...piecesOf(block.type === 'text' ? block.text : JSON.stringify(block.input)).map(
              (piece) =>
                event('content_block_delta', {
                  index: 0,
                  delta:
                    block.type === 'text'
                      ? { type: 'text_delta', text: piece }
                      : { type: 'input_json_delta', partial_json: piece },
                }),
            ),
            event('content_block_stop', { index: 0 }),
          ];
    return [
      event('message_start', {
        message: {
          ...envelope(call),
          content: [],
          stop_reason: null,
          usage: { input_tokens, output_tokens: 1 },
        },
      }),
      event('ping', {}),
      ...body,
      event('message_delta', {
        delta: { stop_reason: stopOf(said, call), stop_sequence: null },
        usage: { output_tokens },
      }),
      event('message_stop', {}),
    ];
  },

  error: (status, message) => ({
    type: 'error',
    error: { type: status === 429 ? 'rate_limit_error' : 'api_error', message },
    request_id: 'req_1',
  }),
};

type Block =
  | { type: 'text'; text: string }
  | { type: 'tool_use'; id: string; name: string; input: unknown };

function content(said: Said, call: ProviderCall): Block[] {
  const [tool] = (call.body.tools ?? []) as { name: string }[];
  if (said.value === undefined) return said.text === '' ? [] : [{ type: 'text', text: said.text }];
  return tool
    ? [{ type: 'tool_use', id: 'toolu_1', name: tool.name, input: said.value }]
    : [{ type: 'text', text: JSON.stringify(said.value) }];
}

function envelope(call: ProviderCall) {
  return {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: call.body.model,
    stop_sequence: null,
  };
}

function stopOf(said: Said, call: ProviderCall): string {
  if (said.stop === 'length') return 'max_tokens';
  if (said.stop === 'refusal') return 'refusal';
  return said.value !== undefined && call.body.tools !== undefined ? 'tool_use' : 'end_turn';
}

function usageOf(said: Said, call: ProviderCall) {
  const answer = said.value === undefined ? said.text : JSON.stringify(said.value);
  return { input_tokens: tokensOf(call.prompt), output_tokens: tokensOf(answer) };
}
