import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { putMadeStore } from '../fixtures/made-store.ts';
import { runSitrep, startSitrep, temporaryFolder } from '../fixtures/product.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

async function doctor(env: Record<string, string> = {}) {
  const { code, stdout } = await runSitrep(['doctor'], { cwd: folder.path, env });
  const rows = stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/ {2,}/));
  return { code, rows, results: Object.fromEntries(rows.map(([part, result]) => [part, result])) };
}

describe('sitrep doctor', () => {
  it('finds everything well on a fresh machine', async () => {
    const { code, results } = await doctor();
    expect(code).toBe(0);
    expect(results).toEqual({
      configuration: 'ok',
      store: 'ok',
      queue: 'ok',
      cache: 'ok',
      knowledge: 'ok',
      'language model': 'ok',
      platforms: 'ok',
    });
  });

  it.each([
    ['configuration', { SITREP_VAR_DIRR: 'x' }, 'did you mean SITREP_VAR_DIR?'],
    ['store', { DATABASE_URL: 'postgres://app:hunter2@127.0.0.1:1/x' }, 'start Postgres there'],
    ['queue', { REDIS_URL: 'redis://127.0.0.1:1' }, 'Check REDIS_URL'],
  ])('names the %s when that fails, says how to mend it, and fails', async (part, env, advice) => {
    putMadeStore(join(folder.path, 'var'));
    const { code, rows } = await doctor(env);
    expect(code).toBe(1);
    expect(rows.at(-1)).toEqual([part, 'failed', expect.stringContaining(advice)]);
    expect(JSON.stringify(rows)).not.toContain('hunter2');
  });

  it('says who has the store while the product runs', async () => {
    putMadeStore(join(folder.path, 'var'));
    const product = await startSitrep({ cwd: folder.path });
    try {
      const { code, rows } = await doctor();
      expect(code).toBe(0);
      expect(rows.at(-1)?.join(' ')).toContain(
        `store degraded Another Sitrep (process ${product.process.pid}`,
      );
    } finally {
      await product.stop();
    }
  });
});
