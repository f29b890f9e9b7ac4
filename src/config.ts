import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { AppError } from './domain/errors.ts';
import { nearest } from './domain/nearest.ts';
import { type About, type Config, configSchema } from './settings.ts';

export type { Config } from './settings.ts';

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
