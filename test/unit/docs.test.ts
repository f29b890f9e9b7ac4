import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/domain/commands.ts';
import { METRICS } from '../../src/ports/metrics.ts';
import { createMemoryTasks } from '../fakes/memory-tasks.ts';
import { startServer, type TestServer } from '../integration/http-harness.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const NOT_OURS = new Set(['node_modules', 'dist', 'var', 'coverage', '.git']);

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

function pagesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (NOT_OURS.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return pagesIn(path);
    return entry.name.endsWith('.md') ? [relative(ROOT, path)] : [];
  });
}

const withoutExamples = (text: string) => text.replace(/^```[\s\S]*?^```/gm, '');

/** Where a heading is linked to, as GitHub names it. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

const anchorsIn = (path: string) =>
  [...withoutExamples(read(path)).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    anchorOf(heading),
  );

/** First cells of a page's tables that hold nothing but code. */
const namesInTables = (text: string) =>
  [...text.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name = '']) => name);

function leadsSomewhere(page: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(ROOT, file))) return false;
  return anchor === undefined || anchorsIn(file).includes(anchor);
}

const pages = pagesIn(ROOT);
const handbook = pages.filter(
  (path) => !path.startsWith('knowledge/') && !path.startsWith('docs/decisions/'),
);

it('every page links to what is there', () => {
  const dead = pages.flatMap((page) =>
    [...withoutExamples(read(page)).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !/^[a-z]+:/i.test(target) && !leadsSomewhere(page, target))
      .map((target) => `${page}: ${target}`),
  );
  expect(dead).toEqual([]);
});

describe('the handbook', () => {
  it('names no file that moved', () => {
    const named =
      /`((?:src|adapters|handlers|jobs|knowledge|prompts|manifest|deploy|docs|test)\/[a-z\d./-]+)`/g;
    const gone = handbook.flatMap((page) =>
      [...withoutExamples(read(page)).matchAll(named)]
        .map(([, path = '']) => path)
        .filter((path) => !existsSync(join(ROOT, path)))
        .map((path) => `${page}: ${path}`),
    );
    expect(gone).toEqual([]);
  });

  it('names settings and scripts that there are', () => {
    const settings = new Set(
      [...read('src/settings.ts').matchAll(/[A-Z][A-Z0-9]*_[A-Z0-9_]+/g)].map(([name]) => name),
    );
    // The file itself, and what tests read.
    const elsewhere = /^SITREP_(CONFIG|TEST_\w+)$/;
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const unknown = handbook.flatMap((page) => {
      const text = read(page);
      const variables = [...text.matchAll(/\b(?:SITREP|MIRA|SLACK|RAG|MASTRA)_[A-Z][A-Z_]+\b/g)]
        .map(([name]) => name)
        .filter((name) => !elsewhere.test(name))
        .filter((name) => !settings.has(name));
      const commands = [...text.matchAll(/npm run ([a-z:-]+)/g)]
        .map(([, name = '']) => name)
        .filter((name) => scripts[name] === undefined);
      return [...variables, ...commands].map((name) => `${page}: ${name}`);
    });
    expect(unknown).toEqual([]);
  });

  it('explains every command that people can type, and no other', () => {
    const described = namesInTables(read('docs/use.md'))
      .filter((name) => name.startsWith('/triage '))
      .map((name) => name.replaceAll('\\|', '|'));
    expect(described).toEqual(COMMANDS.map(({ usage }) => `/triage ${usage}`));
  });

  it('explains every command of the command line, and no other', () => {
    const named = [...read('src/main.ts').matchAll(/^ {2}(\w+): \{\n {4}run:/gm)];
    const described = namesInTables(read('docs/command-line.md'));
    expect(described).toEqual(named.map(([, name]) => `sitrep ${name}`));
  });

  it('has the table of metrics as the code has it', () => {
    const rows = Object.entries(METRICS).map(([name, { type, labels, help }]) => {
      const quoted = labels.map((label) => `\`${label}\``).join(', ');
      return `| \`${name}\` | ${type} | ${quoted} | ${help} |`;
    });
    const [, table = ''] = read('docs/operate.md').split(
      '| name | kind | labels | |\n|---|---|---|---|\n',
    );
    expect(table.split('\n\n')[0]?.split('\n')).toEqual(rows);
  });
});

describe('the page of the HTTP interface', () => {
  const documented = [...read('docs/api.md').matchAll(/^### (.+)$/gm)]
    .flatMap(([, heading = '']) => [...heading.matchAll(/([A-Z]+) (\/\S+)/g)])
    .map(([, method = '', path = '']) => ({ method, path }));

  let server: TestServer;
  beforeAll(async () => {
    const never = () => Promise.reject(new Error('Nothing is explained here.'));
    server = await startServer({
      rca: {
        explain: Object.assign(never, { flush: never }),
        explanations: { vote: never, votesByPrompt: never },
        tasks: createMemoryTasks(),
        enqueueExplanation: never,
        refuseCallback: () => undefined,
        rateLimit: undefined,
      },
    });
  });
  afterAll(() => server.close());

  it.each(documented)('$method $path exists', async ({ method, path }) => {
    const somewhere = path.replace(/:\w+/g, 'x');
    const response = await fetch(server.url + somewhere, { method: 'PATCH' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')?.split(', ')).toContain(method);
  });

  it('leaves out no route', () => {
    const folder = join(ROOT, 'src/http');
    const routes = readdirSync(folder)
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => [...read(`src/http/${file}`).matchAll(/\.route\('([^']+)'\)/g)])
      .map(([, path = '']) => path.replace('*', ':'));
    expect(routes.length).toBeGreaterThan(10);
    const missing = routes.filter((route) => !documented.some(({ path }) => path.endsWith(route)));
    expect(missing).toEqual([]);
  });
});
