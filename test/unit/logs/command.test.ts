import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { runLogs } from '../../../src/commands/logs.ts';
import { logAnalysisResultSchema } from '../../../src/logs/index.ts';

let folder = '';
let file = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sitrep-logs-command-'));
  file = join(folder, 'app.log');
  const lines = Array.from(
    { length: 50 },
    (_, i) => `2024-01-01 00:00:${10 + i} INFO app.Main: call ${i} done`,
  );
  writeFileSync(file, `${lines.join('\n')}\n`);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

async function run(...args: string[]): Promise<string> {
  let text = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk, ...rest: unknown[]) => {
    text += String(chunk);
    const done = rest.find((one) => typeof one === 'function') as (() => void) | undefined;
    done?.();
    return true;
  });
  expect(await runLogs(args)).toBe(0);
  return text;
}

describe('sitrep logs', () => {
  it('sums up a file', async () => {
    const text = await run('--file', file);
    expect(text).toContain('50 lines, 1 kinds, 0 errors');
    expect(text).toContain('call <*> done');
  });

  it('writes the whole result as JSON', async () => {
    const result = logAnalysisResultSchema.parse(JSON.parse(await run('--file', file, '--json')));
    expect(result.patterns[0]).toMatchObject({ template: 'call <*> done', count: 50 });
  });

  it('writes one id a line with --assign', async () => {
    const ids = (await run('--file', file, '--assign')).trimEnd().split('\n');
    expect(ids).toHaveLength(50);
    expect(new Set(ids).size).toBe(1);
  });

  it('compares with a baseline', async () => {
    const result = JSON.parse(await run('--file', file, '--baseline', file, '--json'));
    expect(result.patterns[0]).toMatchObject({ isNew: false, change: 1 });
  });

  it('names a file that cannot be read', async () => {
    const missing = join(folder, 'missing.log');
    await expect(runLogs(['--file', missing])).rejects.toThrow(
      `${missing} cannot be read: there is no such file.`,
    );
  });

  it('refuses what makes no sense', async () => {
    await expect(runLogs(['--json', '--assign', '--file', file])).rejects.toThrow('not both');
    await expect(runLogs(['--file', '-', '--baseline', '-'])).rejects.toThrow('not both');
    await expect(runLogs([file])).rejects.toThrow(`--file ${file}`);
  });
});
