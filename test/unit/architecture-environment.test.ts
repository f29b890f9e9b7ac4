import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPlantedProject, type PlantedProject } from '../fixtures/planted.ts';

const STRAYS = [
  'export const a = process.env;',
  "export const a = process.env['HOME'];",
  'export const a = process?.env?.HOME;',
  "export const a = process['env'];",
  "const key = 'env';\nexport const a = process[key];",
  'export const a = globalThis.process.env;',
  'const { env } = process;\nexport const a = env;',
  'const { env: e } = process;\nexport const a = e;',
  'const p = process;\nexport const a = p.env;',
  "import { env } from 'node:process';\nexport const a = env;",
  "import { env as e } from 'process';\nexport const a = e;",
  "import * as p from 'node:process';\nexport const a = p.env;",
  "import p from 'node:process';\nexport const a = p.env;",
  "export const a = (await import('node:process')).env;",
];

const FOLDERS = ['src/domain', 'src/commands', 'adapters/llm', 'handlers', 'jobs', 'knowledge'];

const RULE = /lint\/style\/noProcessEnv|lint\/style\/noRestrictedImports|^\S+ plugin /;

describe('the environment is read in src/config.ts alone', () => {
  let project: PlantedProject;
  let output: string;
  let status: number;

  beforeAll(async () => {
    project = await createPlantedProject();
    for (const [index, text] of STRAYS.entries()) {
      await project.plant(`handlers/stray-${index}.ts`, `${text}\n`);
    }
    for (const folder of FOLDERS) {
      await project.plant(`${folder}/stray.ts`, 'export const { env } = process;\n');
    }
    await project.plant(
      'handlers/innocent.ts',
      'process.exitCode = 1;\nprocess.once("exit", () => {});\n',
    );
    await project.plant('src/config.ts', 'export const a = process.env;\n');
    await project.plant('test/unit/some.test.ts', 'export const a = process.env;\n');
    ({ stderr: output, status } = await project.run('check:format', [
      '--max-diagnostics=none',
      '--colors=off',
    ]));
  });

  afterAll(() => project.remove());

  const caught = (file: string) =>
    output.split('\n').some((line) => line.startsWith(`${file}:`) && RULE.test(line));

  it('fails the check', () => {
    expect(status).not.toBe(0);
  });

  it.each(STRAYS.map((text, index) => [text, index] as const))('sees %j', (_text, index) => {
    expect(caught(`handlers/stray-${index}.ts`)).toBe(true);
  });

  it.each(FOLDERS)('looks into %s', (folder) => {
    expect(caught(`${folder}/stray.ts`)).toBe(true);
  });

  it('leaves alone what may read it, and the rest of process', () => {
    expect(caught('src/config.ts')).toBe(false);
    expect(caught('test/unit/some.test.ts')).toBe(false);
    expect(caught('handlers/innocent.ts')).toBe(false);
  });
});
