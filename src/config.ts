import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { AppError } from './domain/errors.ts';
import { nearest } from './domain/nearest.ts';

/** What a setting is called in the environment, and what would be right, in words. */
type About = { env: string; expects: string; secret?: boolean };

const list = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value),
  z.array(z.string().min(1)),
);
const flag = z.union([z.boolean(), z.stringbool()]);
const wholeNumber = z.coerce.number().int();
const address = (...protocols: string[]) =>
  z.string().refine((value) => protocols.some((protocol) => value.startsWith(`${protocol}://`)));

const setting = <Schema extends z.ZodType>(schema: Schema, about: About): Schema =>
  schema.meta(about);

const configSchema = z.strictObject({
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
  incidentChannels: setting(
    list.default(['inc-*', 'incident-*', 'incidents', 'alerts', 'alerts-*']),
    {
      env: 'SITREP_INCIDENT_CHANNELS',
      expects: 'channel names, separated by commas, in which * stands for anything',
    },
  ),
});

export type Config = z.infer<typeof configSchema>;
export type Environment = Readonly<Record<string, string | undefined>>;

type Leaf = { path: string[]; key: string; about: About };

/** Variables with our prefix that are read elsewhere or name the file itself. */
const CONFIG_FILE_VARIABLE = 'SITREP_CONFIG';

export function environment(): Environment {
  return process.env;
}

/** Environment over `sitrep.yaml` over defaults, checked and frozen; the first fault ends in one sentence. */
export function loadConfig(env: Environment, folder: string = process.cwd()): Config {
  const leaves = leavesOf(configSchema);
  const named = env[CONFIG_FILE_VARIABLE];
  const file = resolve(folder, named ?? 'sitrep.yaml');
  const raw = readYaml(file, named !== undefined);
  const origin = new Map<string, string>();

  const fromFile = interpolate(raw, [], (name, path) => {
    const value = env[name];
    if (value === undefined || value === '') {
      throw fault(
        `sitrep.yaml: ${path} refers to \${${name}}, but ${name} is not set in the environment.`,
      );
    }
    return value;
  });
  const merged = withGroups(fromFile, configSchema);

  for (const name of Object.keys(env)) {
    if (!name.startsWith('SITREP_') || name === CONFIG_FILE_VARIABLE) continue;
    if (name.startsWith('SITREP_TEST_')) continue;
    if (!leaves.some((leaf) => leaf.about.env === name)) {
      const hint = nearestVariable(name, leaves);
      throw fault(`${name} is not a setting of Sitrep${hint ? `; did you mean ${hint}?` : '.'}`);
    }
  }
  for (const leaf of leaves) {
    const value = env[leaf.about.env];
    if (value === undefined || value === '') continue;
    assign(merged, leaf.path, value);
    origin.set(leaf.key, leaf.about.env);
  }

  const parsed = configSchema.safeParse(merged);
  if (!parsed.success) throw fault(sentence(parsed.error.issues[0], leaves, origin, merged));
  const config = parsed.data;
  if (config.queue.backend === 'redis' && config.redisUrl === undefined) {
    throw fault('queue.backend is redis, but REDIS_URL is not set: set it, or take auto.');
  }
  return deepFreeze(config);
}

/** Without the prefix that all have in common, which would make anything look near. */
function nearestVariable(name: string, leaves: Leaf[]): string | undefined {
  const bare = (variable: string) => variable.replace(/^SITREP_/, '');
  const near = nearest(
    bare(name),
    leaves.map((leaf) => bare(leaf.about.env)),
  );
  return leaves.find((leaf) => near !== undefined && bare(leaf.about.env) === near)?.about.env;
}

function readYaml(file: string, required: boolean): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (missing && !required) return {};
    throw fault(
      missing
        ? `${CONFIG_FILE_VARIABLE} names ${file}, but there is no such file.`
        : `${file} cannot be read: check that it is a file and that its permissions allow it.`,
    );
  }
  const document = parseDocument(text, { prettyErrors: false });
  const problem = document.errors[0];
  if (problem) {
    const line = text.slice(0, problem.pos[0]).split('\n').length;
    throw fault(`sitrep.yaml: line ${line} is not valid YAML (${problem.code.toLowerCase()}).`);
  }
  const value: unknown = document.toJS();
  if (value === null || value === undefined) return {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw fault('sitrep.yaml must hold settings, one "name: value" on a line.');
  }
  return value as Record<string, unknown>;
}

function interpolate(
  value: unknown,
  path: string[],
  lookUp: (name: string, path: string) => string,
): unknown {
  if (typeof value === 'string') {
    return value.replace(/\$\{(\w+)\}/g, (_, name: string) => lookUp(name, path.join('.')));
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => interpolate(item, [...path, String(index)], lookUp));
  }
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, interpolate(item, [...path, key], lookUp)]),
    );
  }
  return value;
}

function leavesOf(schema: z.ZodObject, path: string[] = []): Leaf[] {
  return Object.entries(schema.shape).flatMap(([name, child]) => {
    const childPath = [...path, name];
    if (child instanceof z.ZodObject) return leavesOf(child, childPath);
    const about = (child as z.ZodType).meta() as About | undefined;
    return about ? [{ path: childPath, key: childPath.join('.'), about }] : [];
  });
}

/** Every group exists, so that its defaults apply; a group that is not one stays for the schema to refuse. */
function withGroups(value: unknown, schema: z.ZodObject): Record<string, unknown> {
  const result = { ...(value as Record<string, unknown>) };
  for (const [name, child] of Object.entries(schema.shape)) {
    if (!(child instanceof z.ZodObject)) continue;
    const given = result[name] ?? {};
    result[name] =
      typeof given === 'object' && !Array.isArray(given) ? withGroups(given, child) : given;
  }
  return result;
}

function assign(target: Record<string, unknown>, path: string[], value: unknown): void {
  const [head, ...rest] = path;
  if (head === undefined) return;
  if (rest.length === 0) {
    target[head] = value;
    return;
  }
  const group = target[head];
  if (group !== null && typeof group === 'object') {
    assign(group as Record<string, unknown>, rest, value);
  }
}

function sentence(
  issue: z.core.$ZodIssue | undefined,
  leaves: Leaf[],
  origin: Map<string, string>,
  values: Record<string, unknown>,
): string {
  if (issue === undefined) return 'The configuration is not valid.';
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const unknown = [...path, issue.keys[0] ?? ''].join('.');
    const hint = nearest(
      unknown,
      leaves.map((leaf) => leaf.key),
    );
    return `sitrep.yaml: ${unknown} is not a setting of Sitrep${hint ? `; did you mean ${hint}?` : '.'}`;
  }
  const leaf = leaves.find((candidate) => candidate.path.every((part, i) => part === path[i]));
  if (leaf === undefined) return `sitrep.yaml: ${path.join('.')} must be a group of settings.`;
  const name = origin.get(leaf.key) ?? `sitrep.yaml: ${leaf.key}`;
  const given = leaf.path.reduce<unknown>(
    (value, part) => (value as Record<string, unknown> | undefined)?.[part],
    values,
  );
  const shown = leaf.about.secret ? 'has a value that does not fit' : `is ${JSON.stringify(given)}`;
  return `${name} ${shown}; it must be ${leaf.about.expects}.`;
}

function fault(message: string): AppError {
  return new AppError('config', message);
}

function deepFreeze<T>(value: T): T {
  if (value !== null && typeof value === 'object') {
    for (const child of Object.values(value)) deepFreeze(child);
    Object.freeze(value);
  }
  return value;
}
