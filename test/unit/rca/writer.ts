import type { z } from 'zod';
import { createMemoryCache } from '../../../adapters/cache/memory-cache.ts';
import type { Cache } from '../../../src/ports/cache.ts';
import type {
  LanguageModel,
  ModelCall,
  StructuredCall,
} from '../../../src/ports/language-model.ts';
import type { METRICS } from '../../../src/ports/metrics.ts';
import { createExplain, type ExplainDeps } from '../../../src/rca/index.ts';
import { createIds } from '../../../src/system.ts';

/** A model that says what a test lets it say, and keeps what it was asked. */
export function createWriter(options: {
  write?: (call: ModelCall, calls: number) => string | Promise<string>;
  answer?: (call: StructuredCall<unknown>) => unknown;
}) {
  const written: ModelCall[] = [];
  const answered: ModelCall[] = [];
  const use = { provider: 'openai', model: 'gpt-4', inputTokens: 300, outputTokens: 100, usd: 0 };
  const model: LanguageModel = {
    provider: 'openai',
    model: 'gpt-4',
    async write(call) {
      written.push(call);
      if (!options.write) throw new Error('Nobody said what to write.');
      return { text: await options.write(call, written.length), use };
    },
    async answer<Value>(call: StructuredCall<Value>) {
      answered.push(call);
      if (!options.answer) throw new Error('Nobody said what to answer.');
      const value = options.answer(call as StructuredCall<unknown>);
      return { value: (call.schema as z.ZodType<Value>).parse(value), use };
    },
  };
  return { model, written, answered };
}

/** The use case with a clock that stands still, and what it counted. */
export function startExplain(overrides: Partial<ExplainDeps> & { cache?: Cache } = {}) {
  const time = { now: new Date('2026-01-02T12:00:00Z') };
  const clock = { now: () => time.now };
  const counted: string[] = [];
  const count = (name: keyof typeof METRICS, labels: object, by?: number) => {
    counted.push([name, ...Object.values(labels), ...(by === undefined ? [] : [by])].join(' '));
  };
  const lines: string[] = [];
  const log = (message: string) => void lines.push(message);
  const explain = createExplain({
    cache: createMemoryCache({ clock }),
    cacheTtlMs: 3_600_000,
    clock,
    ids: createIds(clock),
    logger: { debug: log, info: log, warn: log, error: log },
    metrics: {
      count,
      gauge: () => undefined,
      observe: (name, labels) => count(name, labels),
    },
    ...overrides,
  });
  return { explain, counted, lines, time, clock };
}
