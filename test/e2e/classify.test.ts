import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runSitrep, usedFolder } from '../fixtures/product.ts';

const folder = usedFolder();
afterAll(() => folder.remove());
const run = (...args: string[]) => runSitrep(args, { cwd: folder.path });

describe('sitrep redact', () => {
  it('prints the text with placeholders, and on the side what it found', async () => {
    const file = join(folder.path, 'leak.txt');
    writeFileSync(file, 'user ada@example.com logged in, password=hunter2hunter2\n');
    const { code, stdout, stderr } = await run('redact', file);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^user \[personal:\S+\] logged in, password=\[secret:\S+\]\n$/);
    expect(stderr).toMatch(/: 1\n/);
  });
});

describe('sitrep classify', () => {
  it('says in words what a text is', async () => {
    const { code, stdout } = await run('classify', 'postgres', 'deadlocks', 'on', 'orders');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^category +Database\n/);
  });

  it('answers JSON lines in the order of the input, in the shape of the contract', async () => {
    const file = join(folder.path, 'in.jsonl');
    writeFileSync(file, '{"id":"b","text":"BGP session flaps"}\n\n{"id":7,"text":"disk broken"}\n');
    const { code, stdout } = await run('classify', '--jsonl', '--file', file);
    expect(code).toBe(0);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map((line) => line.id)).toEqual(['b', 7]);
    expect(lines[0]).toMatchObject({ category: 'Network', path: 'fast', citations: [] });
    expect(Object.keys(lines[0].uncertainty)).toEqual([
      'mc_dropout',
      'margin',
      'entropy',
      'should_escalate',
    ]);
  });

  it('names a bad line and prints nothing', async () => {
    const file = join(folder.path, 'bad.jsonl');
    writeFileSync(file, '{"id":"a","text":"x"}\n{"id":"b"}\n');
    const { code, stdout, stderr } = await run('classify', '--jsonl', '--file', file);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('bad.jsonl, line 2');
  });

  it('wants a text from one place only', async () => {
    expect((await run('classify', 'x', '--file', 'y')).code).toBe(2);
    expect((await run('classify', '--file', 'missing.txt')).stderr).toContain('no such file');
  });
});
