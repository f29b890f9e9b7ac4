import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { METRICS } from '../../../src/ports/metrics.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const FOLDERS = ['src', 'adapters', 'handlers', 'jobs', 'knowledge', 'prompts'];

const sources = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => file.endsWith('.ts') && file !== join('src', 'ports', 'metrics.ts'))
    .map((file) => readFileSync(join(ROOT, file), 'utf8')),
).join('\n');

describe('the table of metrics', () => {
  it.each(Object.entries(METRICS))('%s is set somewhere in the product', (name, { type }) => {
    const setter = { counter: 'count', gauge: 'gauge', histogram: 'observe' }[type];
    expect(sources).toMatch(new RegExp(`\\b${setter}\\(\\s*'${name}'`));
  });
});
