import { AppError } from '../../src/domain/errors.ts';

/** US dollars for a million tokens. */
export type Price = { input: number; output: number };

export type Prices = {
  /** Undefined for a model that neither the table nor the configuration knows. */
  of(model: string): Price | undefined;
};

/** List prices without discounts, as published in March 2026. The longest beginning of a name counts. */
const LIST: Readonly<Record<string, string>> = {
  'gpt-3.5-turbo': '0.5/1.5',
  'gpt-4': '30/60',
  'gpt-4-32k': '60/120',
  'gpt-4-turbo': '10/30',
  'gpt-4o': '2.5/10',
  'gpt-4o-mini': '0.15/0.6',
  'gpt-4.1': '2/8',
  'gpt-4.1-mini': '0.4/1.6',
  'gpt-4.1-nano': '0.1/0.4',
  'gpt-5': '1.25/10',
  'gpt-5-mini': '0.25/2',
  'gpt-5-nano': '0.05/0.4',
  'gpt-5-pro': '15/120',
  'gpt-5.1': '1.25/10',
  'gpt-5.4': '2.5/15',
  o1: '15/60',
  'o1-mini': '1.1/4.4',
  o3: '2/8',
  'o3-mini': '1.1/4.4',
  'o4-mini': '1.1/4.4',
  'claude-3-haiku': '0.25/1.25',
  'claude-3-5-haiku': '0.8/4',
  'claude-3-5-sonnet': '3/15',
  'claude-3-7-sonnet': '3/15',
  'claude-3-opus': '15/75',
  'claude-sonnet-4': '3/15',
  'claude-haiku-4-5': '1/5',
  'claude-opus-4': '15/75',
  'claude-opus-4-5': '5/25',
  'claude-opus-4-6': '5/25',
};

/** What is configured counts before the table, also where the table's name is longer. */
export function createPrices(configured: Readonly<Record<string, string>>): Prices {
  const own = new Map(Object.entries(configured).map(([name, text]) => [id(name), parse(text)]));
  const list = new Map(Object.entries(LIST).map(([name, text]) => [name, parse(text)]));
  return {
    of: (model) => longest(own, id(model)) ?? longest(list, id(model)),
  };
}

export function costOf(price: Price, inputTokens: number, outputTokens: number): number {
  return (inputTokens * price.input + outputTokens * price.output) / 1_000_000;
}

function longest(prices: ReadonlyMap<string, Price>, model: string): Price | undefined {
  let best = '';
  for (const name of prices.keys()) {
    if (name.length > best.length && beginsWith(model, name)) best = name;
  }
  return prices.get(best);
}

/** A name ends where its version begins: gpt-4.5 is no gpt-4. */
function beginsWith(model: string, name: string): boolean {
  return model.startsWith(name) && /^(?:$|[-:@/])/.test(model.slice(name.length));
}

/** The same model has many spellings: with the maker before a slash, with capitals, with dots. */
function id(model: string): string {
  return model
    .trim()
    .toLowerCase()
    .replace(/^(?:openai|anthropic)\//, '')
    .replace(/^(claude-.*?\d)\.(\d)/, '$1-$2');
}

function parse(text: string): Price {
  const [, input, output] = /^\s*(\d+(?:\.\d+)?)\s*\/\s*(\d+(?:\.\d+)?)\s*$/.exec(text) ?? [];
  if (input === undefined || output === undefined) {
    throw new AppError(
      'config',
      'A price of MIRA_PRICES is not input/output in US dollars for a million tokens, such as 30/60.',
    );
  }
  return { input: Number(input), output: Number(output) };
}
