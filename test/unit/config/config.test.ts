import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sitrep-config-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function load(yaml: string | undefined, env: Record<string, string> = {}) {
  if (yaml !== undefined) writeFileSync(join(folder, 'sitrep.yaml'), yaml);
  return loadConfig(env, folder);
}

describe('configuration', () => {
  it('needs nothing: defaults run the product on a laptop', () => {
    const config = load(undefined);
    expect(config.server.host).toBe('127.0.0.1');
    expect(config.databaseUrl).toBeUndefined();
    expect(config.console.enabled).toBe(true);
  });

  it('takes the environment over the file', () => {
    const config = load('server:\n  port: 4000\n  host: 0.0.0.0\n', { PORT: '5000' });
    expect(config.server).toMatchObject({ port: 5000, host: '0.0.0.0' });
  });

  it('fills variables into the file, so that secrets stay in the environment', () => {
    const config = load('databaseUrl: postgres://app:${DB_PASSWORD}@db/sitrep\n', {
      DB_PASSWORD: 'hunter2',
    });
    expect(config.databaseUrl).toBe('postgres://app:hunter2@db/sitrep');
  });

  it('reads lists from YAML and from comma-separated variables alike', () => {
    expect(load('incidentChannels: [a, b]\n').incidentChannels).toEqual(['a', 'b']);
    expect(load(undefined, { SITREP_INCIDENT_CHANNELS: 'a, b' }).incidentChannels).toEqual([
      'a',
      'b',
    ]);
  });

  it('is frozen all the way down', () => {
    const config = load(undefined);
    expect(() => Object.assign(config.server, { port: 1 })).toThrow(TypeError);
    expect(Object.isFrozen(config.incidentChannels)).toBe(true);
  });

  it.each([
    [
      'an unknown key of the file, with the nearest known one',
      'server:\n  prot: 80\n',
      {},
      'sitrep.yaml: server.prot is not a setting of Sitrep; did you mean server.port?',
    ],
    [
      'an unknown variable with our prefix',
      undefined,
      { SITREP_VAR_DIRR: 'x' },
      'SITREP_VAR_DIRR is not a setting of Sitrep; did you mean SITREP_VAR_DIR?',
    ],
    [
      'a bad value of the file',
      'server:\n  port: 99999\n',
      {},
      'sitrep.yaml: server.port is 99999; it must be a whole number from 0 to 65535.',
    ],
    [
      'a bad value of the environment by its variable',
      undefined,
      { PORT: 'eighty' },
      'PORT is "eighty"; it must be a whole number from 0 to 65535.',
    ],
    [
      'a secret that does not fit, without showing it',
      undefined,
      { DATABASE_URL: 'mysql://app:hunter2@db/x' },
      'DATABASE_URL has a value that does not fit; it must be an address such as postgres://user:password@host:5432/sitrep.',
    ],
    [
      'a missing secret',
      'databaseUrl: ${DB_URL}\n',
      {},
      'sitrep.yaml: databaseUrl refers to ${DB_URL}, but DB_URL is not set in the environment.',
    ],
    [
      'a value where a group belongs',
      'server: 3000\n',
      {},
      'sitrep.yaml: server must be a group of settings.',
    ],
    [
      'a choice whose secret is missing',
      'queue:\n  backend: redis\n',
      {},
      'queue.backend is redis, but REDIS_URL is not set: set it, or take auto.',
    ],
    [
      'a short token without showing it',
      undefined,
      { SITREP_API_TOKENS: 'short' },
      'SITREP_API_TOKENS has a value that does not fit; it must be bearer tokens of at least 16 characters, separated by commas.',
    ],
  ])('refuses %s in one sentence', (_, yaml, env, sentence) => {
    expect(() => load(yaml, env as Record<string, string>)).toThrow(sentence);
  });

  it('names the line of broken YAML', () => {
    expect(() => load('server:\n  port: 1\n  port: 2\n')).toThrow(/^sitrep\.yaml: line 3 /);
    expect(() => load('- a\n- b\n')).toThrow('sitrep.yaml must hold settings');
  });

  it('refuses a named file that is not there', () => {
    expect(() => load(undefined, { SITREP_CONFIG: 'other.yaml' })).toThrow('there is no such file');
  });
});
