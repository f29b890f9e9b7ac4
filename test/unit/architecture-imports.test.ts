import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createPlantedProject,
  type PlantedProject,
  projectRoot,
  runScript,
} from '../fixtures/planted.ts';

type Violation = { rule: { name: string }; from: string; to: string };
type Cruise = { modules: { source: string }[]; summary: { violations: Violation[] } };

const FOLDERS = ['src', 'adapters', 'handlers', 'jobs', 'knowledge', 'prompts'];

/** What the planted imports point to. */
const TARGETS = [
  'src/domain/incident.ts',
  'src/ports/incident-store.ts',
  'src/triage/index.ts',
  'src/triage/ladder.ts',
  'src/safety/index.ts',
  'src/safety/redact.ts',
  'src/http/index.ts',
  'src/observability/index.ts',
  'src/commands/start.ts',
  'src/config.ts',
  'src/settings.ts',
  'src/system.ts',
  'src/compose.ts',
  'src/main.ts',
  'adapters/slack/index.ts',
  'adapters/store/index.ts',
  'handlers/vote.ts',
  'jobs/triage.ts',
  'knowledge/index.ts',
  'prompts/explain.ts',
  'test/fakes/store.ts',
  'dist/src/domain/incident.js',
];

const PACKAGES = [
  '@slack/bolt',
  '@slack/types',
  'botbuilder',
  'botframework-connector',
  'openai',
  '@anthropic-ai/sdk',
  '@huggingface/inference',
  'chromadb',
  'bullmq',
  'ioredis',
  'drizzle-orm',
  '@electric-sql/pglite',
  'pg',
  'prom-client',
  'express',
  'zod',
  'fast-check',
  'left-pad',
];

/** The rule, the folder that breaks it, and what it imports. */
const FORBIDDEN: [rule: string, folder: string, target: string][] = [
  ['not-resolvable', 'handlers', 'src/triage/nowhere.ts'],
  ['not-resolvable', 'adapters/llm', 'not-installed'],
  ['domain-imports-nothing-of-ours', 'src/domain', 'adapters/store/index.ts'],
  ['domain-imports-nothing-of-ours', 'src/domain', 'src/ports/incident-store.ts'],
  ['ports-import-domain', 'src/ports', 'src/triage/index.ts'],
  ['prompts-import-domain', 'prompts', 'src/ports/incident-store.ts'],
  ['core-imports-inner-and-core', 'src/triage', 'adapters/store/index.ts'],
  ['core-imports-inner-and-core', 'src/learning', 'knowledge/index.ts'],
  ['core-imports-inner-and-core', 'src/rca', 'src/http/index.ts'],
  ['core-imports-inner-and-core', 'src/delivery', 'jobs/triage.ts'],
  ['core-rooms-meet-through-their-index', 'src/triage', 'src/safety/redact.ts'],
  ['rooms-enter-the-core-through-its-index', 'handlers', 'src/triage/ladder.ts'],
  ['rooms-enter-the-core-through-its-index', 'jobs', 'src/triage/ladder.ts'],
  ['rooms-enter-the-core-through-its-index', 'src/http', 'src/safety/redact.ts'],
  ['handlers-import-the-core', 'handlers', 'adapters/slack/index.ts'],
  ['handlers-import-the-core', 'handlers', 'jobs/triage.ts'],
  ['jobs-import-the-core', 'jobs', 'adapters/store/index.ts'],
  ['jobs-import-the-core', 'jobs', 'src/http/index.ts'],
  ['adapters-import-inner-and-themselves', 'adapters/slack', 'adapters/store/index.ts'],
  ['adapters-import-inner-and-themselves', 'adapters/slack', 'src/triage/index.ts'],
  ['adapters-import-inner-and-themselves', 'adapters/console', 'src/http/index.ts'],
  ['adapters-import-inner-and-themselves', 'adapters/queue/deep/down', 'jobs/triage.ts'],
  ['knowledge-imports-inner', 'knowledge', 'adapters/store/index.ts'],
  ['knowledge-imports-inner', 'knowledge/chroma', 'src/triage/index.ts'],
  ['observability-imports-inner', 'src/observability', 'src/http/index.ts'],
  ['http-imports-inner-and-core', 'src/http', 'adapters/store/index.ts'],
  ['http-imports-inner-and-core', 'src/http', 'src/observability/index.ts'],
  ['nothing-imports-the-roots', 'handlers', 'src/compose.ts'],
  ['settings-are-read-by-config', 'handlers', 'src/settings.ts'],
  ['nothing-imports-the-roots', 'adapters/slack', 'src/config.ts'],
  ['nothing-imports-the-roots', 'src/triage', 'src/system.ts'],
  ['nothing-imports-the-roots', 'jobs', 'src/main.ts'],
  ['nothing-imports-the-roots', 'src/http', 'src/commands/start.ts'],
  ['files-live-in-a-room', 'adapters', 'src/domain/incident.ts'],
  ['files-live-in-a-room', 'src', 'adapters/store/index.ts'],
  ['files-live-in-a-room', 'src/helpers', 'zod'],
  ['product-never-imports-tests-or-its-own-build', 'src/commands', 'test/fakes/store.ts'],
  ['product-never-imports-tests-or-its-own-build', 'handlers', 'dist/src/domain/incident.js'],
  ['product-runs-on-its-dependencies', 'src/triage', 'fast-check'],
  ['product-runs-on-its-dependencies', 'src/triage', 'left-pad'],
  ['slack-has-one-home', 'adapters/teams', '@slack/bolt'],
  ['slack-has-one-home', 'handlers', '@slack/types'],
  ['botbuilder-has-one-home', 'adapters/slack', 'botbuilder'],
  ['botbuilder-has-one-home', 'src/commands', 'botframework-connector'],
  ['llm-sdks-has-one-home', 'src/rca', 'openai'],
  ['llm-sdks-has-one-home', 'jobs', '@anthropic-ai/sdk'],
  ['llm-sdks-has-one-home', 'knowledge', '@huggingface/inference'],
  ['chromadb-has-one-home', 'adapters/store', 'chromadb'],
  ['bullmq-has-one-home', 'handlers', 'bullmq'],
  ['bullmq-has-one-home', 'jobs', 'bullmq'],
  ['ioredis-has-one-home', 'src/http', 'ioredis'],
  ['database-has-one-home', 'src/triage', 'drizzle-orm'],
  ['database-has-one-home', 'adapters/queue', '@electric-sql/pglite'],
  ['database-has-one-home', 'knowledge', 'pg'],
  ['prom-client-has-one-home', 'adapters/queue', 'prom-client'],
  ['express-has-one-home', 'handlers', 'express'],
];

const ALLOWED: [folder: string, target: string][] = [
  ['src/domain', 'zod'],
  ['src/ports', 'src/domain/incident.ts'],
  ['prompts', 'src/domain/incident.ts'],
  ['src/triage', 'src/safety/index.ts'],
  ['src/triage', 'src/triage/ladder.ts'],
  ['src/triage', 'prompts/explain.ts'],
  ['src/triage', 'src/ports/incident-store.ts'],
  ['handlers', 'src/triage/index.ts'],
  ['jobs', 'src/triage/index.ts'],
  ['src/http', 'src/safety/index.ts'],
  ['src/http', 'express'],
  ['adapters/console', 'express'],
  ['adapters/cache', 'ioredis'],
  ['adapters/queue', 'bullmq'],
  ['adapters/store', 'drizzle-orm'],
  ['knowledge/chroma', 'knowledge/index.ts'],
  ['knowledge/chroma', 'chromadb'],
  ['src/observability', 'prom-client'],
  ['src/commands', 'src/compose.ts'],
  ['src/commands', 'adapters/store/index.ts'],
];

function planted(folder: string, number: number): string {
  return `${folder}/planted-${number}.ts`;
}

function importOf(from: string, target: string): string {
  if (!target.includes('.')) return target;
  const path = relative(dirname(from), target);
  return path.startsWith('.') ? path : `./${path}`;
}

describe('the import rules', () => {
  let project: PlantedProject;
  let cruise: Cruise;

  beforeAll(async () => {
    project = await createPlantedProject();
    for (const path of TARGETS) await project.plant(path, 'export const planted = 1;\n');
    for (const name of PACKAGES) await project.install(name);
    const imports: [string, string][] = [
      ...FORBIDDEN.map(([, folder, target]): [string, string] => [folder, target]),
      ...ALLOWED,
    ];
    for (const [number, [folder, target]] of imports.entries()) {
      const from = planted(folder, number);
      await project.plant(
        from,
        `import * as it from '${importOf(from, target)}';\nexport { it };\n`,
      );
    }
    await project.plant(
      'jobs/egg.ts',
      "import { hen } from './hen.ts';\nexport const egg = hen;\n",
    );
    await project.plant(
      'jobs/hen.ts',
      "import type { egg } from './egg.ts';\nexport type Hen = typeof egg;\nexport const hen = 1;\n",
    );
    await project.plant('handlers/lazy.ts', "export const load = () => import('bullmq');\n");
    await project.plant(
      'handlers/typed.ts',
      "import type { Queue } from 'bullmq';\nexport type Q = Queue;\n",
    );
    await project.plant('handlers/passing-on.ts', "export * from '../src/compose.ts';\n");
    const { stdout } = await project.run('check:imports', ['--output-type', 'json']);
    cruise = JSON.parse(stdout);
  });

  afterAll(() => project.remove());

  const brokenBy = (from: string) =>
    cruise.summary.violations
      .filter((violation) => violation.from === from)
      .map((violation) => violation.rule.name);

  it.each(FORBIDDEN.map((row, number) => [...row, number] as const))(
    '%s: %s may not import %s',
    (rule, folder, _target, number) => {
      expect(brokenBy(planted(folder, number))).toContain(rule);
    },
  );

  it.each(ALLOWED.map((row, index) => [...row, FORBIDDEN.length + index] as const))(
    '%s may import %s',
    (folder, _target, number) => {
      expect(brokenBy(planted(folder, number))).toEqual([]);
    },
  );

  it('no-circular: sees a circle, also one closed by a type', () => {
    expect(brokenBy('jobs/egg.ts')).toContain('no-circular');
  });

  it('sees imports on demand, of types alone, and what is only passed on', () => {
    expect(brokenBy('handlers/lazy.ts')).toContain('bullmq-has-one-home');
    expect(brokenBy('handlers/typed.ts')).toContain('bullmq-has-one-home');
    expect(brokenBy('handlers/passing-on.ts')).toContain('nothing-imports-the-roots');
  });

  it('each have an example here that breaks them', () => {
    const config = createRequire(import.meta.url)(
      join(projectRoot, 'dependency-cruiser.config.cjs'),
    ) as { forbidden: { name: string; severity: string }[] };
    const examples = new Set(['no-circular', ...FORBIDDEN.map(([rule]) => rule)]);
    expect([...examples].sort()).toEqual(config.forbidden.map(({ name }) => name).sort());
    expect(config.forbidden.filter(({ severity }) => severity !== 'error')).toEqual([]);
  });

  it('fail the check', async () => {
    const { status, stdout } = await project.run('check:imports');
    expect(status).not.toBe(0);
    expect(stdout).toContain('domain-imports-nothing-of-ours');
  });
});

describe("the project's own imports", () => {
  let cruise: Cruise;

  beforeAll(async () => {
    const { stdout } = await runScript(projectRoot, 'check:imports', ['--output-type', 'json']);
    cruise = JSON.parse(stdout);
  });

  it('are all read: a cruise that cannot read TypeScript finds no files and passes', async () => {
    const onDisk: string[] = [];
    for (const folder of FOLDERS) {
      const names = await readdir(join(projectRoot, folder), { recursive: true });
      onDisk.push(
        ...names.filter((name) => name.endsWith('.ts')).map((name) => join(folder, name)),
      );
    }
    const read = new Set(cruise.modules.map(({ source }) => source));
    expect(onDisk.length).toBeGreaterThan(30);
    expect(onDisk.filter((file) => !read.has(file))).toEqual([]);
  });

  it('follow the rules', () => {
    expect(
      cruise.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`),
    ).toEqual([]);
  });
});
