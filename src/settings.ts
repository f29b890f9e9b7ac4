import { z } from 'zod';

/** What a setting is called in the environment, and what would be right, in words. */
export type About = { env: string; expects: string; secret?: boolean };

const list = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value),
  z.array(z.string().min(1)),
);
const flag = z.union([z.boolean(), z.stringbool()]);
const wholeNumber = z.coerce.number().int();
const address = (...protocols: string[]) =>
  z.string().refine((value) => protocols.some((protocol) => value.startsWith(`${protocol}://`)));

const share = z.coerce.number().min(0).max(1);
const positive = z.coerce.number().positive();

const DURATION = 'a time such as 500ms, 30s, 5m, 2h or 1d';
const UNITS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/** In milliseconds. */
const duration = z
  .string()
  .regex(/^\d+(ms|s|m|h|d)$/)
  .transform((value) => Number.parseInt(value, 10) * (UNITS[value.replace(/^\d+/, '')] ?? 1))
  .pipe(z.number().positive());

/** `a=1,b=2` in the environment, a mapping in the file. */
const pairs = z.preprocess(
  (value) =>
    typeof value === 'string'
      ? Object.fromEntries(
          value.split(',').map((pair) => {
            const at = pair.indexOf('=');
            return at < 0
              ? [pair.trim(), '']
              : [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
          }),
        )
      : value,
  z.record(z.string().min(1), z.string().min(1)),
);

const setting = <Schema extends z.ZodType>(schema: Schema, about: About): Schema =>
  schema.meta(about);

const secretOf = (env: string, expects: string) =>
  setting(z.string().min(1).optional(), { env, expects, secret: true });

const budget = (env: string, unit: string) =>
  setting(positive.optional(), { env, expects: `a number of ${unit} above 0` });

const PROVIDERS = ['openai', 'anthropic', 'huggingface', 'ollama', 'vllm'] as const;

/** One provider of language models. One without a default address is configured by giving it one. */
const provider = (about: { env: string; key?: string; model: string; baseURL?: string }) =>
  z.strictObject({
    apiKey: secretOf(about.key ?? `${about.env}_API_KEY`, 'the key that the provider gave you'),
    model: setting(z.string().min(1).default(about.model), {
      env: `${about.env}_MODEL`,
      expects: 'the name of a model',
    }),
    baseURL: setting(
      about.baseURL === undefined
        ? address('http', 'https').optional()
        : address('http', 'https').default(about.baseURL),
      { env: `${about.env}_BASE_URL`, expects: "the provider's address", secret: true },
    ),
    maxTokens: setting(wholeNumber.min(1).default(1500), {
      env: `${about.env}_MAX_TOKENS`,
      expects: 'a whole number above 0',
    }),
    temperature: setting(z.coerce.number().min(0).max(2).default(0.7), {
      env: `${about.env}_TEMPERATURE`,
      expects: 'a number from 0 to 2',
    }),
  });

export const configSchema = z.strictObject({
  varDir: setting(z.string().min(1).default('var'), {
    env: 'SITREP_VAR_DIR',
    expects: 'a folder for everything that Sitrep keeps on disk',
  }),
  logLevel: setting(z.enum(['debug', 'info', 'warn', 'error']).default('info'), {
    env: 'SITREP_LOG_LEVEL',
    expects: 'one of debug, info, warn, error',
  }),
  databaseUrl: setting(address('postgres', 'postgresql').optional(), {
    env: 'DATABASE_URL',
    expects: 'an address such as postgres://user:password@host:5432/sitrep',
    secret: true,
  }),
  redisUrl: setting(address('redis', 'rediss').optional(), {
    env: 'REDIS_URL',
    expects: 'an address such as redis://host:6379',
    secret: true,
  }),
  chromaUrl: setting(address('http', 'https').optional(), {
    env: 'CHROMA_URL',
    expects: 'an address such as http://host:8000',
    secret: true,
  }),
  server: z.strictObject({
    host: setting(z.string().min(1).default('127.0.0.1'), {
      env: 'SITREP_HOST',
      expects: 'an address of this machine to listen on, such as 127.0.0.1 or 0.0.0.0',
    }),
    port: setting(wholeNumber.min(0).max(65_535).optional(), {
      env: 'PORT',
      expects: 'a whole number from 0 to 65535',
    }),
    allowedHosts: setting(list.default([]), {
      env: 'SITREP_ALLOWED_HOSTS',
      expects: 'the host names under which browsers reach Sitrep, separated by commas',
    }),
    tokens: setting(list.pipe(z.array(z.string().min(16))).default([]), {
      env: 'SITREP_API_TOKENS',
      expects: 'bearer tokens of at least 16 characters, separated by commas',
      secret: true,
    }),
  }),
  queue: z.strictObject({
    backend: setting(z.enum(['auto', 'postgres', 'redis']).default('auto'), {
      env: 'SITREP_QUEUE',
      expects: 'one of auto, postgres, redis (auto takes Redis when REDIS_URL is set)',
    }),
  }),
  console: z.strictObject({
    enabled: setting(flag.default(true), {
      env: 'SITREP_CONSOLE',
      expects: 'true or false',
    }),
  }),
  /** The ladder: what each rung may answer by itself. The defaults are the escalation contract's. */
  triage: z.strictObject({
    fastConfidence: setting(share.default(0.85), {
      env: 'SITREP_FAST_CONFIDENCE',
      expects: 'a number from 0 to 1',
    }),
    retrievalConfidence: setting(share.default(0.7), {
      env: 'SITREP_RETRIEVAL_CONFIDENCE',
      expects: 'a number from 0 to 1',
    }),
    mostDropout: setting(positive.default(0.3), {
      env: 'SITREP_MOST_DROPOUT',
      expects: 'a number above 0',
    }),
    leastMargin: setting(share.default(0.2), {
      env: 'SITREP_LEAST_MARGIN',
      expects: 'a number from 0 to 1',
    }),
    mostEntropy: setting(positive.default(1), {
      env: 'SITREP_MOST_ENTROPY',
      expects: 'a number above 0',
    }),
  }),
  escalation: z.strictObject({
    backendUrl: setting(address('http', 'https').optional(), {
      env: 'MASTRA_BACKEND_URL',
      expects: 'the address of the multi-agent backend, such as http://localhost:3001',
      secret: true,
    }),
    timeout: setting(duration.default(30_000), {
      env: 'SITREP_ESCALATION_TIMEOUT',
      expects: DURATION,
    }),
    onCall: setting(pairs.default({}), {
      env: 'SITREP_ON_CALL',
      expects:
        'channel=id pairs, separated by commas, such as inc-*=U024BE7LH; * stands for anything',
    }),
    pagingWebhookUrl: setting(address('http', 'https').optional(), {
      env: 'SITREP_PAGING_WEBHOOK_URL',
      expects: 'an address that a page is posted to',
      secret: true,
    }),
    pagerDutyRoutingKey: setting(z.string().min(16).optional(), {
      env: 'PAGERDUTY_ROUTING_KEY',
      expects: 'the integration key of a PagerDuty service (Events API v2)',
      secret: true,
    }),
    pagerDutyUrl: setting(address('http', 'https').default('https://events.pagerduty.com'), {
      env: 'PAGERDUTY_EVENTS_URL',
      expects: 'the address of the Events API',
    }),
  }),
  knowledge: z.strictObject({
    enabled: setting(flag.default(true), { env: 'RAG_ENABLED', expects: 'true or false' }),
    paths: setting(list.default([]), {
      env: 'SITREP_KNOWLEDGE_PATHS',
      expects: 'folders or files that are read again on schedule, separated by commas',
    }),
    every: setting(duration.default(86_400_000), {
      env: 'SITREP_KNOWLEDGE_EVERY',
      expects: DURATION,
    }),
    embedder: setting(
      z.enum(['local', 'openai', 'huggingface', 'ollama', 'compatible']).default('local'),
      {
        env: 'SITREP_EMBEDDER',
        expects: 'one of local, openai, huggingface, ollama, compatible',
      },
    ),
    embedderModel: setting(z.string().min(1).optional(), {
      env: 'SITREP_EMBEDDER_MODEL',
      expects: 'the name of an embedding model',
    }),
    embedderUrl: setting(address('http', 'https').optional(), {
      env: 'SITREP_EMBEDDER_URL',
      expects: 'the address of the server that embeds',
    }),
    embedderApiKey: secretOf(
      'SITREP_EMBEDDER_API_KEY',
      'the key of a compatible server that embeds',
    ),
    urlHosts: setting(list.default([]), {
      env: 'SITREP_KNOWLEDGE_HOSTS',
      expects: 'hosts that raw Markdown may be fetched from, separated by commas',
    }),
  }),
  /** Explanations and language models, named as the contract of the explanation service names them. */
  mira: z.strictObject({
    enabled: setting(flag.default(true), { env: 'MIRA_ENABLED', expects: 'true or false' }),
    provider: setting(z.enum(['auto', 'local', ...PROVIDERS]).default('auto'), {
      env: 'MIRA_PROVIDER',
      expects: `one of auto, local, ${PROVIDERS.join(', ')} (auto takes the first that is configured)`,
    }),
    fallback: setting(list.pipe(z.array(z.enum(PROVIDERS))).default([]), {
      env: 'MIRA_FALLBACK',
      expects: `providers to try next, separated by commas: ${PROVIDERS.join(', ')}`,
    }),
    timeout: setting(duration.default(30_000), { env: 'MIRA_TIMEOUT', expects: DURATION }),
    rateLimit: z.strictObject({
      enabled: setting(flag.default(true), {
        env: 'MIRA_RATE_LIMIT',
        expects: 'true or false',
      }),
      requestsPerMinute: setting(wholeNumber.min(1).default(10), {
        env: 'MIRA_REQUESTS_PER_MINUTE',
        expects: 'a whole number above 0',
      }),
    }),
    cache: z.strictObject({
      enabled: setting(flag.default(true), { env: 'MIRA_CACHE', expects: 'true or false' }),
      ttl: setting(wholeNumber.min(1).default(3600), {
        env: 'MIRA_CACHE_TTL',
        expects: 'a whole number of seconds',
      }),
      /** Also answers for an analysis that says the same in other words. */
      semantic: setting(flag.default(false), {
        env: 'MIRA_SEMANTIC_CACHE',
        expects: 'true or false',
      }),
    }),
    budget: z.strictObject({
      dailyTokens: budget('MIRA_DAILY_TOKENS', 'tokens'),
      monthlyTokens: budget('MIRA_MONTHLY_TOKENS', 'tokens'),
      dailyUsd: budget('MIRA_DAILY_USD', 'US dollars'),
      monthlyUsd: budget('MIRA_MONTHLY_USD', 'US dollars'),
    }),
    /** US dollars for a million tokens, over the built-in table: `model=input/output`. */
    prices: setting(pairs.default({}), {
      env: 'MIRA_PRICES',
      expects: 'model=input/output pairs in US dollars for a million tokens, such as gpt-4=30/60',
    }),
    callbackSecret: setting(z.string().min(16).optional(), {
      env: 'MIRA_CALLBACK_SECRET',
      expects: 'a secret of at least 16 characters that signs callbacks',
      secret: true,
    }),
    promptTemplate: setting(z.string().min(1).optional(), {
      env: 'MIRA_PROMPT_TEMPLATE',
      expects: 'a prompt with names such as {{.ImpactService}}',
    }),
    openai: provider({ env: 'OPENAI', model: 'gpt-4', baseURL: 'https://api.openai.com/v1' }),
    anthropic: provider({
      env: 'ANTHROPIC',
      model: 'claude-3-5-sonnet-20241022',
      baseURL: 'https://api.anthropic.com',
    }),
    huggingface: provider({
      env: 'HF',
      key: 'HF_TOKEN',
      model: 'meta-llama/Llama-3.1-8B-Instruct',
      baseURL: 'https://router.huggingface.co/v1',
    }),
    ollama: provider({ env: 'OLLAMA', model: 'llama3.1:70b' }),
    vllm: provider({ env: 'VLLM', model: 'meta-llama/Llama-3.1-70B-Instruct' }),
  }),
  slack: z.strictObject({
    botToken: secretOf('SLACK_BOT_TOKEN', "the bot's token, starting with xoxb-"),
    appToken: secretOf('SLACK_APP_TOKEN', "the app's token for Socket Mode, starting with xapp-"),
    signingSecret: secretOf('SLACK_SIGNING_SECRET', "the app's signing secret"),
    clientId: setting(z.string().min(1).optional(), {
      env: 'SLACK_CLIENT_ID',
      expects: "the app's client id, for installing it in many workspaces",
    }),
    clientSecret: secretOf('SLACK_CLIENT_SECRET', "the app's client secret"),
    apiUrl: setting(address('http', 'https').default('https://slack.com/api/'), {
      env: 'SLACK_API_URL',
      expects: "the address of Slack's Web API",
    }),
  }),
  /** Seals the tokens of installed workspaces. */
  encryptionKey: setting(
    z
      .string()
      .regex(/^[0-9a-f]{64}$/i)
      .optional(),
    {
      env: 'SITREP_ENCRYPTION_KEY',
      expects: '64 hexadecimal digits, as `openssl rand -hex 32` prints them',
      secret: true,
    },
  ),
  /** Where people reach this server from outside, for links in cards. */
  publicUrl: setting(address('http', 'https').optional(), {
    env: 'SITREP_PUBLIC_URL',
    expects: 'an address such as https://sitrep.example.com',
  }),
  incidentChannels: setting(
    list.default(['inc-*', 'incident-*', 'incidents', 'alerts', 'alerts-*']),
    {
      env: 'SITREP_INCIDENT_CHANNELS',
      expects: 'channel names, separated by commas, in which * stands for anything',
    },
  ),
});

export type Config = z.infer<typeof configSchema>;
