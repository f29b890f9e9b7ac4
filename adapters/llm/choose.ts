import { AppError } from '../../src/domain/errors.ts';
import type { Logger } from '../../src/ports/logger.ts';
import { createAnthropic } from './anthropic.ts';
import type { Limits } from './budget.ts';
import { createHuggingFace } from './huggingface.ts';
import { createOpenAiDialect } from './openai-dialect.ts';
import type { Price, Prices } from './prices.ts';
import type { Provider, ProviderOptions } from './provider.ts';

type Kind = {
  create(options: ProviderOptions): Provider;
  /** What has to be set before it can be asked, and the setting's name for people. */
  needs: 'apiKey' | 'baseURL';
  setting: string;
  /** Runs on machines of one's own, where no one sends a bill. */
  isOurs: boolean;
};

const hosted = { needs: 'apiKey', isOurs: false } as const;
const ours = { needs: 'baseURL', isOurs: true } as const;

/** In the order in which `auto` looks for one that is configured. */
const KINDS = {
  openai: {
    ...hosted,
    setting: 'OPENAI_API_KEY',
    create: (options) => createOpenAiDialect('openai', options),
  },
  anthropic: { ...hosted, setting: 'ANTHROPIC_API_KEY', create: createAnthropic },
  huggingface: { ...hosted, setting: 'HF_TOKEN', create: createHuggingFace },
  ollama: {
    ...ours,
    setting: 'OLLAMA_BASE_URL',
    create: (options) => createOpenAiDialect('ollama', options),
  },
  vllm: {
    ...ours,
    setting: 'VLLM_BASE_URL',
    create: (options) => createOpenAiDialect('vllm', options),
  },
} satisfies Record<string, Kind>;

type ProviderName = keyof typeof KINDS;
const NAMES = Object.keys(KINDS) as ProviderName[];

type ProviderSettings = {
  apiKey?: string | undefined;
  baseURL?: string | undefined;
  model: string;
  maxTokens: number;
  temperature: number;
};

/** The part of the configuration that says which language models there are. */
export type LanguageModelSettings = {
  provider: 'auto' | 'local' | ProviderName;
  fallback: readonly ProviderName[];
  /** Milliseconds for one request. */
  timeout: number;
  budget: Limits;
  /** `input/output` by model, over the built-in table. */
  prices: Readonly<Record<string, string>>;
} & Readonly<Record<ProviderName, ProviderSettings>>;

export type ChosenProvider = { provider: Provider; maxTokens: number; price: Price };

/** The providers in the order in which they are asked; none when no one is configured or asked for. */
export function chosenProviders(
  settings: LanguageModelSettings,
  prices: Prices,
  logger: Logger,
): ChosenProvider[] {
  const { provider, fallback } = settings;
  if (provider === 'local') return [];
  const first = provider === 'auto' ? NAMES.find((name) => isConfigured(name, settings)) : provider;
  if (first === undefined) return [];
  return [...new Set([first, ...fallback])].map((name) => {
    if (!isConfigured(name, settings)) {
      const { setting } = KINDS[name];
      throw new AppError('config', `${name} is to be asked, but ${setting} is not set.`);
    }
    return choose(name, settings, prices, logger);
  });
}

/** Whether a provider would be asked. */
export function hasProvider(settings: LanguageModelSettings): boolean {
  const { provider } = settings;
  return provider === 'auto'
    ? NAMES.some((name) => isConfigured(name, settings))
    : provider !== 'local';
}

function isConfigured(name: ProviderName, settings: LanguageModelSettings): boolean {
  const { needs } = KINDS[name];
  return settings[name][needs] !== undefined && settings[name].baseURL !== undefined;
}

function choose(
  name: ProviderName,
  settings: LanguageModelSettings,
  prices: Prices,
  logger: Logger,
): ChosenProvider {
  const { baseURL = '', model: given, ...rest } = settings[name];
  const model = modelId(name, given);
  const provider = KINDS[name].create({ ...rest, baseURL, model });
  const price = KINDS[name].isOurs ? FREE : prices.of(model);
  if (price !== undefined) return { provider, maxTokens: rest.maxTokens, price };
  const { dailyUsd, monthlyUsd } = settings.budget;
  if (dailyUsd !== undefined || monthlyUsd !== undefined) {
    throw new AppError(
      'config',
      `There is a budget in US dollars, but no price is known for ${model}: add it to MIRA_PRICES.`,
    );
  }
  logger.warn('No price is known for a model: its cost counts as nothing', {
    provider: name,
    model,
  });
  return { provider, maxTokens: rest.maxTokens, price: FREE };
}

const FREE: Price = { input: 0, output: 0 };

/** People copy ids from where the maker stands before them, as in openai/gpt-4o. */
function modelId(name: ProviderName, model: string): string {
  const id = model.trim();
  return id.startsWith(`${name}/`) ? id.slice(name.length + 1) : id;
}
