import { z } from 'zod';
import { AppError } from '../../src/domain/errors.ts';
import type { StructuredCall } from '../../src/ports/language-model.ts';
import type { ProviderReply, ProviderRequest, Turn } from './provider.ts';
import { readJson } from './read-json.ts';

export type Question = Pick<ProviderRequest, 'instructions' | 'turns' | 'shape'>;

/** What an answer's faults are told to the model with; more would not help it. */
const MOST_FAULTS = 8;

/**
 * Asks for an answer in a shape. Where the first does not fit, the model is shown its fault and asked once
 * more. A refusal is not repaired.
 */
export async function askInShape<Value>(
  call: Pick<StructuredCall<Value>, 'name' | 'schema' | 'instructions' | 'input'>,
  send: (question: Question) => Promise<ProviderReply>,
): Promise<Value> {
  const schema = jsonSchemaOf(call.schema);
  const instructions = `${call.instructions}\n\nAnswer with JSON alone, without any words around it, that fits this JSON schema:\n${JSON.stringify(schema)}`;
  // The dialects take only objects natively; other shapes are asked for in words.
  const shape = schema.type === 'object' ? { name: call.name, schema } : undefined;
  const ask = (turns: Turn[]) => send({ instructions, turns, shape });

  const first: Turn = { role: 'user', text: call.input };
  const reply = await ask([first]);
  const read = readInShape(call.schema, reply);
  if ('value' in read) return read.value;
  const repaired = await ask([
    first,
    // An empty turn is refused by some.
    { role: 'assistant', text: reply.text.trim() === '' ? '{}' : reply.text },
    {
      role: 'user',
      text: `That answer cannot be used: ${read.fault} Answer again, whole, with the JSON alone.`,
    },
  ]);
  const again = readInShape(call.schema, repaired);
  if ('value' in again) return again.value;
  throw new AppError(
    'bad_request',
    'The language model answered in another shape than asked for, and again when shown its fault.',
  );
}

function readInShape<Value>(
  schema: z.ZodType<Value>,
  { text, stop }: ProviderReply,
): { value: Value } | { fault: string } {
  if (stop === 'refusal') {
    throw new AppError('bad_request', 'The language model declined to answer.');
  }
  const candidates = readJson(text);
  let fault = 'it is not JSON.';
  for (const [index, candidate] of candidates.entries()) {
    const parsed = schema.safeParse(candidate);
    if (parsed.success) return { value: parsed.data };
    if (index === 0) fault = faultOf(parsed.error);
  }
  return { fault: stop === 'length' ? `it was cut off, being too long, and ${fault}` : fault };
}

function faultOf(error: z.ZodError): string {
  return error.issues
    .slice(0, MOST_FAULTS)
    .map(({ path, message }) => `${path.length === 0 ? 'the whole' : path.join('.')}: ${message}.`)
    .join(' ');
}

/** What the model has to write is what the schema reads, before defaults and transformations. */
function jsonSchemaOf(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
}
