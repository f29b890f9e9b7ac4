import { AppError } from '../../src/domain/errors.ts';
import type {
  LanguageModel,
  ModelCall,
  ModelUse,
  StructuredCall,
} from '../../src/ports/language-model.ts';

type Asked = Pick<ModelCall, 'feature' | 'channel' | 'instructions' | 'input'> & { name: string };

/** A value to be checked by the schema, or what depends on the call; an error is thrown, a promise waited for. */
type Planned = unknown | ((call: Asked) => unknown);

export type FakeModel = LanguageModel & {
  /** What the next call of this shape is answered; the last plan of a shape stays. */
  plan(name: string, ...answers: Planned[]): void;
  calls(): Asked[];
};

/** The shape's name under which free text is planned. */
export const FREE_TEXT = 'text';

/**
 * A language model that says what it was told to say, after the rules of the real ones: answers are checked by
 * their schema, a signal ends a call. A call that nobody planned is a fault of the test.
 */
export function createFakeModel(): FakeModel {
  const plans = new Map<string, Planned[]>();
  const asked: Asked[] = [];

  async function next(call: ModelCall, name: string): Promise<unknown> {
    const { feature, channel, instructions, input, signal } = call;
    signal?.throwIfAborted();
    const one: Asked = {
      name,
      feature,
      ...(channel === undefined ? {} : { channel }),
      instructions,
      input,
    };
    asked.push(one);
    const line = plans.get(name) ?? [];
    if (line.length === 0) throw new Error(`The test did not plan an answer of ${name}.`);
    const planned = line.length > 1 ? line.shift() : line[0];
    const value = await untilAborted(
      typeof planned === 'function' ? planned(one) : planned,
      signal,
    );
    if (value instanceof Error) throw value;
    return value;
  }

  const use = (call: ModelCall, answer: string): ModelUse => ({
    provider: 'fake',
    model: 'fake-1',
    inputTokens: Math.ceil((call.instructions.length + call.input.length) / 4),
    outputTokens: Math.ceil(answer.length / 4),
    usd: 0,
  });

  return {
    provider: 'fake',
    model: 'fake-1',
    async write(call, onText) {
      const text = String(await next(call, FREE_TEXT));
      for (const piece of text.match(/\S+\s*/g) ?? []) onText?.(piece);
      return { text, use: use(call, text) };
    },
    async answer<Value>(call: StructuredCall<Value>) {
      const value = await next(call, call.name);
      const parsed = call.schema.safeParse(value);
      if (!parsed.success) {
        throw new AppError('bad_request', 'The model answered in another shape.', {
          cause: parsed.error,
        });
      }
      return { value: parsed.data, use: use(call, JSON.stringify(value)) };
    },
    plan(name, ...answers) {
      plans.set(name, answers);
    },
    calls: () => [...asked],
  };
}

async function untilAborted(value: unknown, signal: AbortSignal | undefined): Promise<unknown> {
  if (!(value instanceof Promise) || !signal) return value;
  let stop = () => {};
  const aborted = new Promise((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([value, aborted]).finally(() => signal.removeEventListener('abort', stop));
}
