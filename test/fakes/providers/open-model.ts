import { createLanguageModel } from '../../../adapters/llm/index.ts';
import { createLogger, createMetrics } from '../../../src/observability/index.ts';
import type { UsageEntry, UsageStore } from '../../../src/ports/usage-store.ts';
import type { Dialect } from './behaviour.ts';

type Options = Parameters<typeof createLanguageModel>[0];
type Settings = Options['settings'];

const KEY = 'a-key-of-the-tests';
const one = { model: 'model-1', maxTokens: 500, temperature: 0.7 };

/** Settings that ask the given providers in their order, each at its address. */
export function settingsFor(
  chain: readonly { dialect: Dialect; url: string; apiKey?: string; model?: string }[],
  others: Partial<Pick<Settings, 'timeout' | 'budget' | 'prices'>> = {},
): Settings {
  const [first, ...fallback] = chain.map(({ dialect }) => dialect);
  const asked = chain.map(({ dialect, url, apiKey = KEY, model = one.model }) => [
    dialect,
    { ...one, model, baseURL: url, apiKey },
  ]);
  return {
    provider: first ?? 'auto',
    fallback,
    timeout: 5_000,
    budget: {},
    prices: { 'model-1': '10/20' },
    openai: one,
    anthropic: one,
    huggingface: one,
    ollama: one,
    vllm: one,
    ...others,
    ...Object.fromEntries(asked),
  };
}

/**
 * A language model on the real adapters, and what it logged, measured and recorded. It does not really wait
 * between its tries.
 */
export function openModel(settings: Settings, others: Partial<Options> = {}) {
  const lines: string[] = [];
  const pauses: number[] = [];
  const usage = createMemoryUsage();
  const { metrics, text } = createMetrics();
  const clock = { now: () => new Date() };
  let made = 0;
  const opened = createLanguageModel({
    settings,
    usage,
    clock,
    ids: { next: (prefix) => `${prefix}_${String(++made).padStart(26, '0')}` },
    logger: createLogger({ level: 'debug', write: (line) => lines.push(line), clock }),
    metrics,
    random: () => 0,
    pause: async (ms) => void pauses.push(ms),
    ...others,
  });
  const { model } = opened;
  if (!model) throw new Error('The test configured no provider.');
  return { model, part: opened.part, usage, lines, pauses, metricsText: text };
}

type MemoryUsage = UsageStore & { entries: UsageEntry[] };

function createMemoryUsage(): MemoryUsage {
  const entries: UsageEntry[] = [];
  return {
    entries,
    async add(entry) {
      if (!entries.some(({ id }) => id === entry.id)) entries.push(entry);
    },
    async since(at) {
      const found = entries.filter((entry) => entry.at >= at);
      return {
        tokens: found.reduce((sum, entry) => sum + entry.inputTokens + entry.outputTokens, 0),
        usd: found.reduce((sum, entry) => sum + entry.usd, 0),
      };
    },
    async byFeature() {
      throw new Error('Language models do not ask for this.');
    },
  };
}
