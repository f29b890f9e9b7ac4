import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningProduct, runSitrep, startSitrep, usedFolder } from '../fixtures/product.ts';
import { startServer } from '../integration/http-harness.ts';

const folder = usedFolder();
let product: RunningProduct;

beforeAll(async () => {
  product = await startSitrep({ cwd: folder.path });
});
afterAll(async () => {
  await product.stop();
  folder.remove();
});

function jobs(...args: string[]) {
  const env = { PORT: new URL(product.address).port };
  return runSitrep(['jobs', ...args], { cwd: folder.path, env });
}

describe('sitrep jobs', () => {
  it('lists nothing while nothing was given up', async () => {
    expect(await jobs()).toEqual({ code: 0, stdout: '', stderr: 'No job was given up.\n' });
  });

  it('says so when there is no such job to try again', async () => {
    const { code, stderr } = await jobs('retry', 'triage-incident', 'nope');
    expect(code).toBe(1);
    expect(stderr).toBe('sitrep: There is no dead job of this name and id.\n');
  });

  it('says that nobody answers when the product is not running', async () => {
    const { code, stderr } = await runSitrep(['jobs'], { cwd: folder.path, env: { PORT: '1' } });
    expect(code).toBe(1);
    expect(stderr).toContain('start it first');
  });

  it('lists what was given up, and gives it another try', async () => {
    const server = await startServer();
    const env = { PORT: String(server.port) };
    const ask = (...args: string[]) => runSitrep(['jobs', ...args], { cwd: folder.path, env });
    try {
      const [, job = '', id = ''] = (await ask()).stdout.split('  ');
      expect(job).not.toBe('');
      expect(await ask('retry', job, id)).toMatchObject({
        code: 0,
        stdout: `${job} ${id} is queued again.\n`,
      });
      expect((await ask()).stderr).toBe('No job was given up.\n');
    } finally {
      await server.close();
    }
  });
});
