import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { putMadeStore } from '../fixtures/made-store.ts';
import { runSitrep, startSitrep, temporaryFolder } from '../fixtures/product.ts';

let folder: ReturnType<typeof temporaryFolder>;

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

/** One sentence on standard error, nothing on standard output, exit status 1, no stack. */
async function refusal(args: string[], env: Record<string, string> = {}): Promise<string> {
  const { code, stdout, stderr } = await runSitrep(args, { cwd: folder.path, env });
  const said = stderr.split('\n').filter((line) => line !== '' && !line.startsWith('{'));
  expect({ code, stdout, lines: said.length }).toEqual({ code: 1, stdout: '', lines: 1 });
  expect(stderr).not.toMatch(/^\s+at |node:internal/m);
  return said[0] ?? '';
}

describe('start refuses in one sentence', () => {
  it('a Postgres that does not answer, without its password', async () => {
    const said = await refusal(['start'], {
      DATABASE_URL: 'postgres://app:hunter2@127.0.0.1:1/sitrep',
    });
    expect(said).toMatch(/^sitrep: .*DATABASE_URL/);
    expect(said).not.toContain('hunter2');
  });

  it('a taken port', async () => {
    putMadeStore(join(folder.path, 'var'));
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => taken.once('listening', done));
    const { port } = taken.address() as { port: number };
    try {
      const said = await refusal(['start', '--port', String(port)]);
      expect(said).toContain(`Port ${port} is taken`);
    } finally {
      taken.close();
    }
  });

  it('a folder that it cannot write to', async () => {
    const locked = join(folder.path, 'locked');
    mkdirSync(locked);
    chmodSync(locked, 0o555);
    // Root may write anywhere, so a file stands where the folder should be made as well.
    writeFileSync(join(folder.path, 'file'), '');
    const varDir = process.getuid?.() === 0 ? join(folder.path, 'file/var') : join(locked, 'var');
    expect(await refusal(['start', '--port', '0'], { SITREP_VAR_DIR: varDir })).toContain(varDir);
  });

  it('a broken sitrep.yaml, with its line', async () => {
    writeFileSync(join(folder.path, 'sitrep.yaml'), 'server:\n  port: [\n');
    expect(await refusal(['start'])).toMatch(/^sitrep: sitrep\.yaml: line \d+ is not valid YAML/);
  });

  it('a second process on the same folder, naming the first', async () => {
    putMadeStore(join(folder.path, 'var'));
    const first = await startSitrep({ cwd: folder.path });
    try {
      expect(await refusal(['start', '--port', '0'])).toContain(`process ${first.process.pid}`);
    } finally {
      await first.stop();
    }
  });

  it('roles that need a shared store without one', async () => {
    expect(await refusal(['start', '--role', 'web'])).toContain('needs DATABASE_URL');
  });
});

describe('the command line', () => {
  it.each([
    [['strat'], 'There is no command "strat"; did you mean "start"?'],
    [['start', '--port', 'x'], '--port x is not a port number.'],
    [['start', '--role', 'boss'], '--role boss is none of all, web, worker.'],
    [['start', '--colour'], "Unknown option '--colour'"],
  ])('answers %j with exit status 2 and what is wrong', async (args, sentence) => {
    const { code, stdout, stderr } = await runSitrep(args, { cwd: folder.path });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(sentence);
  });

  it('lists its commands when asked for help', async () => {
    const { code, stdout } = await runSitrep([], { cwd: folder.path });
    expect(code).toBe(0);
    expect(stdout).toContain('sitrep start [--role all|web|worker] [--port N]');
    const one = await runSitrep(['redact', '--help'], { cwd: folder.path });
    expect(one).toMatchObject({ code: 0, stderr: '' });
    expect(one.stdout).toContain('sitrep redact [FILE|-]');
  });
});

describe('a running product', () => {
  it('says in one line what runs where and what to open, is healthy, and ends cleanly', async () => {
    const product = await startSitrep({ cwd: folder.path });
    expect(product.readyLine).toMatch(
      /^Sitrep is ready: web and worker; embedded: store, queue, chroma, cache; platforms: console; open http:\/\/127\.0\.0\.1:\d+$/,
    );
    const ready = await fetch(`${product.address}/readyz`);
    expect(ready.status).toBe(200);
    expect(await product.stop()).toBe(0);
    expect(product.stderr()).not.toMatch(/^\s+at /m);
  });
});
